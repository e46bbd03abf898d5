// Locks: what rules announce of the locks that a step takes on existing relations. tests/locks holds them against those
// that PostgreSQL takes.
#pragma once

#include "planner/action.h"
#include "planner/sql.h"

namespace schemadiff {

void AddLock(Action& action, ObjectId relation, LockMode mode);
/// The same on a table, unless the plan makes it, and on its descendants: most forms of ALTER TABLE go on to these.
void AddLockWithDescendants(Action& action, ObjectId table, LockMode mode, const PlanContext& context);
/// The same for what goes on to partitions, and not to the children of a table that has rows.
void AddLockWithPartitions(Action& action, ObjectId table, LockMode mode, const PlanContext& context);
/// The lock of ALTER ... SET (...) and RESET (...).
LockMode StorageParameterLock(const OptionChanges& changes);
/// The lock of COMMENT and SECURITY LABEL: on the relation that they speak of, or whose column.
void AddDescriptionLock(Action& action, ObjectId described, const PlanContext& context);

}  // namespace schemadiff
