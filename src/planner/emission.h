// Emission: the actions that carry decisions out, by the rules of each kind, with what they need and leave behind.
#pragma once

#include <vector>

#include "planner/action.h"
#include "planner/decisions.h"

namespace schemadiff {

/// Renames come before everything else: all other identities are the new ones.
std::vector<Action> EmitRenames(const PlanInput& input, const PlanContext& context, const Decisions& decisions);

/// All other actions, in no order yet.
std::vector<Action> EmitActions(const PlanInput& input, const PlanContext& context, const Decisions& decisions);

}  // namespace schemadiff
