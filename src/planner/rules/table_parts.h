// What the rules of tables and foreign tables share.
#pragma once

#include "planner/rules.h"

namespace schemadiff {

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
