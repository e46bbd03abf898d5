// Owners and privileges while a plan is made: whom objects belong to by then, and what new ones have from the start.
#pragma once

#include <deque>
#include <string>
#include <vector>

#include "model/acl.h"
#include "planner/decisions.h"

namespace schemadiff {

/// Whom what privileges are held on belongs to once the plan has run. What has no Owner belongs to who runs it.
std::string OwnerAfter(const Object& privileges, const PlanContext& context);
/// What their parent has from the start: what PostgreSQL gives by itself, or where the plan makes it, what the default
/// privileges in force give, which have their desired form by then.
Acl AclBefore(const Object& privileges, const PlanContext& context);
/// What PostgreSQL gives by itself.
Acl StandardAcl(const Object& privileges, const PlanContext& context);

/// Adds decisions about what default privileges give new objects, and what nobody shall have: no object of either
/// schema speaks of it. The objects are kept in `storage`.
void DecideAboutDefaults(const PlanInput& input, const PlanContext& context, Decisions& decisions,
                         std::deque<Object>& storage);

/// The default privileges that have to have their desired form before an object is created.
std::vector<ObjectId> DefaultsBefore(const Object& object, const std::vector<const Object*>& changed,
                                     const PlanContext& context);

}  // namespace schemadiff
