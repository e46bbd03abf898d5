// The history that a command works on.
#pragma once

#include <string>

#include "cli/config.h"
#include "cli/console.h"
#include "cli/options.h"
#include "revision/graph.h"

namespace schemadiff {

/// The folder of revisions: `given` on the command line, otherwise the configuration's, which its file's folder holds.
std::string RevisionsFolder(const Config& config, const std::string& given);

struct History {
  std::string folder;
  RevisionGraph graph;
};

/// Reads the folder in its format; warnings go to the console. One that is given on the command line has to be there.
/// Errors: kUsage, kBadInput.
Result<History> ReadHistory(const RevisionReadOptions& options, const Console& console);

}  // namespace schemadiff
