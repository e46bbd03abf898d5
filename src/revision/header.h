// The header of a revision file: TOML in the comment that it begins with, checked key by key.
#pragma once

#include <string>

#include "revision/revision.h"
#include "support/diagnostic.h"

namespace schemadiff {

/// The comment that a revision's file begins with; of its way back with `down`. It has what of the revision is not its
/// files.
std::string HeaderText(const Revision& revision, bool down);

/// Reads the header of a file into a Revision without checksum. Errors: kBadInput, with line and column.
Result<Revision> ParseHeader(std::shared_ptr<const SourceFile> file, bool down);

/// The line that ends a revision's file: without it, the file was cut off.
std::string EndLine(const std::string& id);

}  // namespace schemadiff
