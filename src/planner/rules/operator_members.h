// What the rules of operator classes and families share.
#pragma once

#include <string>

#include "planner/rules.h"

namespace schemadiff {

/// `OPERATOR CLASS s.c USING btree`, and the same for a family.
std::string OperatorGroupSubject(ObjectId id, const PlanContext& context);

/// `OPERATOR 1 s.<(integer, integer)` or `FUNCTION 1 (integer, integer) s.compare(integer, integer)`.
std::string MemberSql(const FamilyMember& member);

void DropOperatorGroup(const Object& object, const PlanContext& context, ActionList& actions);

}  // namespace schemadiff
