// What files include with psql's \i and \ir.
#pragma once

#include "parser/parse.h"

namespace schemadiff {

/// Reads and parses what the files include, and what those include, into the set. Errors: kBadInput for a file outside
/// the tree, one that cannot be read or parsed, and one that includes itself.
Result<void> ReadIncluded(FileTree& tree, SourceSet& sources);

}  // namespace schemadiff
