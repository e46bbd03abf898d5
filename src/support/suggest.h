// What was meant: the nearest of the known words.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace schemadiff {

/// Insertions, deletions, replacements and swaps of neighbours that turn one word into the other.
std::size_t EditDistance(std::string_view a, std::string_view b);

/// The known word nearest to `word`, when it is near enough to be meant (a third of its letters may differ, and at
/// least one); otherwise empty. `_` and `-` count as equal. The first of equally near ones.
std::string_view Nearest(std::string_view word, std::span<const std::string_view> known);

/// "did you mean `x`?", or empty when nothing is near.
std::string DidYouMean(std::string_view word, std::span<const std::string_view> known);

}  // namespace schemadiff
