// The version that --version prints and plans carry; that of CMakeLists.txt.
#pragma once

#include <string_view>

namespace schemadiff {

inline constexpr std::string_view kVersion = "0.1.0";

}  // namespace schemadiff
