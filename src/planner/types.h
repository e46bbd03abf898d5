// What the rules of enums, domains and composite types share: making a type anew while columns keep their rows, and
// finding the tables that hold its values.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "planner/action.h"
#include "planner/rules.h"

namespace schemadiff {

/// Replaces a type or collation in place: the old one is set aside under another name, the new one takes its own, the
/// columns that use it move over by rules of theirs, and the old one is dropped at the end. `word` is what ALTER calls
/// the kind, `create` are the statements that make the new one, `hazards` those of taking it into use.
void ReplaceBeside(const Alteration& alteration, ActionList& actions, std::string_view word,
                   std::vector<std::string> create, std::vector<Hazard> hazards);
/// The same for a type.
void ReplaceType(const Alteration& alteration, ActionList& actions, std::string_view word,
                 std::vector<std::string> create, std::vector<Hazard> hazards);

/// Creates the shell of a new type where a function of its own waits for one (manual: CREATE TYPE, "Base Types").
void CreateShellOf(const Object& type, const PlanContext& context, ActionList& actions);
/// Lets the drop of a type take along the functions that are its own, which PostgreSQL knows no other way for.
void DropWithFunctions(Action& drop, const Object& type, const PlanContext& context);

/// The existing tables and materialized views that hold values of the type: directly, or in a domain, array or
/// composite type over it. With the descendants of each. In order.
std::vector<ObjectId> TablesUsing(ObjectId type, const PlanContext& context);

/// A column's value as one of its type, which is made anew: a composite's attributes by their names, anything else by
/// its text.
std::string AdaptedValue(const Alteration& column);

/// Says of a step that it reads every table with values of the domain, under a lock that stops writers.
void AddDomainScan(Action& action, ObjectId domain, const PlanContext& context);

}  // namespace schemadiff
