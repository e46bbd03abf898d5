// What the rules of tables and foreign tables share.
#pragma once

#include "planner/rules.h"

namespace schemadiff {

/// The locks on the existing tables from which a new one inherits.
void LockInheritanceParents(Action& action, const Object& table, const PlanContext& context);
/// The lock on the default partition of a table that gets or loses another partition: its bounds change with that.
void LockDefaultPartition(Action& action, ObjectId partitioned, const PlanContext& context);
/// The locks on other tables than the two when a partitioned table gets a partition.
void LockForNewPartition(Action& action, ObjectId partitioned, const PlanContext& context);

/// The columns and constraints that CREATE TABLE has between its parentheses.
std::string TableBody(const Object& table, const PlanContext& context);
/// Adds what new columns have and CREATE TABLE cannot say.
void AddColumnSettings(Action& action, const Object& table, const PlanContext& context);

/// The options of a foreign table's column change.
void SetForeignOptions(const Alteration& alteration, ActionList& actions);
/// ATTACH PARTITION, once the table has what that asks for.
Action& AddAttach(const Object& table, const PlanContext& context, ActionList& actions);
/// A table becomes, stops being, or moves as a partition: its rows stay where they are.
void SetPartition(const Alteration& alteration, ActionList& actions);
/// A table gets or loses parents.
void SetInherits(const Alteration& alteration, ActionList& actions);

}  // namespace schemadiff
