// How tables and foreign tables become partitions, get other bounds, and stop being partitions.
#pragma once

#include "planner/rules.h"

namespace schemadiff {

/// ATTACH PARTITION, once the table has what that asks for.
Action& AddAttach(const Object& table, const PlanContext& context, ActionList& actions);
/// A table becomes, stops being, or moves as a partition, or gets other bounds: its rows stay where they are.
void SetPartition(const Alteration& alteration, ActionList& actions);
/// The lock on the partitioned table and on others, and the wish for its bounds to be free, of a new partition.
void JoinAsNew(Action& create, const Object& partition, const PlanContext& context);
/// Lets a new foreign key that refers to a partitioned table wait for the partitions that this gets, loses or moves.
void AwaitPartitions(Action& create, ObjectId referenced, const PlanContext& context);
/// Lets a new key or unique index of a partitioned table wait for partitions that are partitioned themselves and go or
/// move: PostgreSQL wants the columns by which they are partitioned in it (manual: CREATE TABLE, UNIQUE).
void AwaitPartitionKeys(Action& create, ObjectId table, const PlanContext& context);
/// Refuses another type or collation of a column where PostgreSQL does: a partition key mentions it, the table's own or
/// that of one of its partitions.
void RefuseInPartitionKey(Action& retype, ObjectId column, const PlanContext& context);
/// What the drop of a partition needs before: PostgreSQL refuses it as long as a foreign key refers to the partitioned
/// table. Of any other table, nothing.
void LeaveBeforeDrop(Action& drop, const Object& partition, const PlanContext& context);

}  // namespace schemadiff
