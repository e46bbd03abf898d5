// A string literal as a template argument.
#pragma once

#include <algorithm>
#include <cstddef>

namespace schemadiff {

template <std::size_t N>
struct Literal {
  consteval Literal(const char (&text)[N]) { std::copy_n(text, N, value); }  // NOLINT: converts implicitly
  char value[N];
};

}  // namespace schemadiff
