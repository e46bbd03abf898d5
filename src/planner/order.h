// The order of a plan's actions: one topological sort with a deterministic tie-break.
#pragma once

#include <vector>

#include "planner/action.h"
#include "support/diagnostic.h"

namespace schemadiff {

/// Sorts actions so that what one consumes is produced before, what one destroys is released before, and a name is free
/// before it is taken again. Errors: kFailed when they contradict each other, naming them.
Result<std::vector<Action>> Order(std::vector<Action> actions);

/// Numbers the transaction groups of ordered steps.
void AssignGroups(std::vector<Action>& actions);

}  // namespace schemadiff
