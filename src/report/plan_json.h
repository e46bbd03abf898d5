// The saved plan: JSON that is written and read back without loss.
#pragma once

#include <string>
#include <string_view>

#include "planner/plan.h"
#include "support/diagnostic.h"

namespace schemadiff {

/// Raised when the meaning of a key changes or a key is added; a plan of another version is refused.
inline constexpr int kPlanFormatVersion = 3;

/// The plan as JSON, indented, every key present, ends with a newline. `summary` is for readers of the file; it is
/// derived and not read back.
std::string PlanJson(const Plan& plan);

/// The plan of PlanJson(). `path` is for messages only. Errors: kBadInput when the text is cut off, no JSON, not a
/// saved plan, of another version, or holds what a plan cannot hold (an unknown key or name, a wrong type).
Result<Plan> ParsePlanJson(std::string_view text, const std::string& path);

}  // namespace schemadiff
