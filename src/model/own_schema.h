// The schema in which schemadiff keeps its own records.
#pragma once

#include <string_view>

namespace schemadiff {

/// Nobody's to declare, compare or drop, as the system's schemas are.
inline constexpr std::string_view kOwnSchema = "schemadiff";

}  // namespace schemadiff
