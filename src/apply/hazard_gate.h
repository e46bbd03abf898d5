// The gate before an apply: nothing dangerous runs that nobody accepted.
#pragma once

#include <set>

#include "planner/plan.h"
#include "support/diagnostic.h"

namespace schemadiff {

/// Empty when every hazard of the plan is in `allowed` or was accepted by an annotation. Otherwise kRefused: one
/// message for each step with hazards that were not, and the --allow to give on the last.
Diagnostics CheckHazards(const Plan& plan, const std::set<HazardKind>& allowed);

}  // namespace schemadiff
