// upgrade, downgrade, current and stamp on the command line.
#pragma once

#include "cli/app_revisions.h"

namespace schemadiff {

void AddUpgradeCommands(CLI::App& app, RevisionCommands& commands);

}  // namespace schemadiff
