// upgrade, downgrade, current and stamp on the command line.
#pragma once

#include <vector>

#include "cli/app_options.h"

namespace schemadiff {

std::vector<Subcommand> AddUpgradeCommands(CLI::App& app);

}  // namespace schemadiff
