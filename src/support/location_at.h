// From line and column, or a number of characters, as other parsers tell places, to a place in a file.
#pragma once

#include <memory>
#include <string_view>

#include "support/source.h"

namespace schemadiff {

/// The byte that comes that many characters behind another; the end of the text where it has not as many.
std::size_t ByteAfter(std::string_view text, std::size_t byte, int characters);

/// The inverse of SourceFile::Position; the end of the file when it has no such line.
SourceLocation LocationAt(const std::shared_ptr<const SourceFile>& file, LineColumn place);

}  // namespace schemadiff
