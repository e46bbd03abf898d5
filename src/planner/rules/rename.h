// What the renames of most kinds share: `ALTER <subject> RENAME TO <name>`, for KindRules::rename.
#pragma once

#include "planner/rules.h"

namespace schemadiff {

/// A rename that no client notices, with what takes it back. The kind needs a subject that follows from the identity.
void RenameObject(ObjectId from, const Object& object, const PlanContext& context, ActionList& actions);

/// One that breaks the clients which use the old name, and so waits for the contract phase. A relation is locked.
void RenameBreaking(ObjectId from, const Object& object, const PlanContext& context, ActionList& actions,
                    std::string_view reason);
template <Literal kReason = "clients that use the old name fail">
void RenameBreakingClients(ObjectId from, const Object& object, const PlanContext& context, ActionList& actions) {
  RenameBreaking(from, object, context, actions, kReason.value);
}

}  // namespace schemadiff
