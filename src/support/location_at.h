// From line and column, as other parsers tell places, to a place in a file.
#pragma once

#include <memory>

#include "support/source.h"

namespace schemadiff {

/// The inverse of SourceFile::Position; the end of the file when it has no such line.
SourceLocation LocationAt(const std::shared_ptr<const SourceFile>& file, LineColumn place);

}  // namespace schemadiff
