// What the rules of tables and foreign tables share.
#pragma once

#include "planner/rules.h"

namespace schemadiff {

/// The locks on the existing tables from which a new one inherits.
void LockInheritanceParents(Action& action, const Object& table, const PlanContext& context);
/// What happens to a former parent from then on does not reach the table.
void LeaveParent(Action& action, ObjectId parent, const PlanContext& context);
/// The table has to have what the parent has, and no other columns than a partitioned one. It gets copies of its
/// triggers.
void JoinParent(Action& action, const Object& table, ObjectId parent, const PlanContext& context);

/// The columns and constraints that CREATE TABLE has between its parentheses.
std::string TableBody(const Object& table, const PlanContext& context);
/// Adds what new columns have and CREATE TABLE cannot say.
void AddColumnSettings(Action& action, const Object& table, const PlanContext& context);

/// The options of a foreign table's column change.
void SetForeignOptions(const Alteration& alteration, ActionList& actions);
/// A table gets or loses parents.
void SetInherits(const Alteration& alteration, ActionList& actions);

}  // namespace schemadiff
