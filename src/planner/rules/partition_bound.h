// What the bounds of two partitions say of each other.
#pragma once

#include <string_view>

namespace schemadiff {

/// Whether no row can lie within both bounds (`FOR VALUES ...`), as far as their text shows it: of lists and of ranges
/// over one column with integers or dates; false where it does not.
bool AreApart(std::string_view a, std::string_view b);

}  // namespace schemadiff
