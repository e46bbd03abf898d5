// The plan as a person reads it in a terminal.
#pragma once

#include <string>

#include "planner/plan.h"

namespace schemadiff {

struct TextOptions {
  bool color = false;  ///< ANSI colours.
};

/// Steps grouped by object in the order of their first step, numbered in the order of execution; then which steps share
/// a transaction; a summary line last. Ends with a newline. The same plan gives the same text, byte for byte.
std::string PlanText(const Plan& plan, const TextOptions& options = {});

}  // namespace schemadiff
