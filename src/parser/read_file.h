// Files of the desired schema as text.
#pragma once

#include "support/file_tree.h"

namespace schemadiff {

/// The text of a file, without a byte order mark, as psql reads it. Rows of a dump, between `COPY ... FROM stdin;` and
/// `\.`, are blank lines. Errors: kBadInput, at `location` when the file is named there.
Result<std::string> ReadSqlFile(FileTree& tree, const std::string& file, const SourceLocation& location = {});

}  // namespace schemadiff
