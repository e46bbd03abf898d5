// Revisions as they get into their folder.
#pragma once

#include <string>
#include <vector>

#include "cli/console.h"
#include "cli/make_revision.h"
#include "revision/graph.h"

namespace schemadiff {

/// One of this moment, with a new id.
Revision NewRevision(std::string message);

/// Writes both files, makes the folder where it is missing, and gives the paths. Errors: kFailed; a file that is there
/// already is not overwritten, unless it is one of `replaced`.
Result<std::vector<std::string>> WriteRevision(const std::string& folder, const RevisionTexts& made,
                                               const std::vector<std::string>& replaced = {});

/// The paths are the result of what wrote them: each on a line. Errors: kFailed.
Result<void> TellPaths(const std::vector<std::string>& paths, const Console& console);

}  // namespace schemadiff
