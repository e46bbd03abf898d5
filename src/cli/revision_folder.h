// The revisions that a command of the ledger works with: the folder that is named, read and put in order.
#pragma once

#include <optional>
#include <string>

#include "cli/config.h"
#include "revision/graph.h"
#include "support/diagnostic.h"

namespace schemadiff {

/// `--revisions`, or the folder that the configuration names.
std::string RevisionsFolder(const std::optional<std::string>& option, const Config& config);

/// Errors: kBadInput.
Result<RevisionGraph> ReadRevisionGraph(const std::string& folder);

/// `--wait`; 2 s when it is not given. Errors: kUsage.
Result<std::chrono::milliseconds> ParseWait(const std::optional<std::string>& option);

}  // namespace schemadiff
