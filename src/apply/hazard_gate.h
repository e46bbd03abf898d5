// The gate before an apply: nothing dangerous runs that nobody accepted.
#pragma once

#include <set>

#include "planner/plan.h"
#include "support/diagnostic.h"

namespace schemadiff {

/// Empty when every hazard of the plan is in `allowed` or was accepted by an annotation. Otherwise kRefused: one
/// message for each hazard that was not, with (the first of) its steps, and the --allow to give on the last.
Diagnostics CheckHazards(const Plan& plan, const std::set<HazardKind>& allowed);

}  // namespace schemadiff
