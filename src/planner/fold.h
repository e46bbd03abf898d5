// Folding: what is created as a part of something else, so that a plan reads as a person would have written it.
#pragma once

#include <vector>

#include "planner/action.h"

namespace schemadiff {

/// Whether the object is created by the statement that creates its parent: columns of a new table, and their defaults,
/// keys and checks, unless something that they need can only come after the table.
bool IsFolded(const Object& object, const PlanContext& context);

/// What IsFolded into this object, however deep, in order.
std::vector<const Object*> FoldedInto(const Object& object, const PlanContext& context);

/// Whether the rows get a value for a new column before it becomes NOT NULL: its annotation says which.
bool IsBackfilled(const Object& column, const PlanContext& context);

}  // namespace schemadiff
