// What the rules of keys, checks, exclusion constraints and foreign keys share.
#pragma once

#include "planner/rules.h"

namespace schemadiff {

/// `ALTER TABLE t DROP CONSTRAINT c`.
Action& DropConstraintStep(const Object& object, const PlanContext& context, ActionList& actions);
/// The same, where there is nothing to add.
void DropConstraint(const Object& object, const PlanContext& context, ActionList& actions);
/// `ALTER TABLE t RENAME CONSTRAINT a TO b`.
void RenameConstraint(ObjectId from, const Object& object, const PlanContext& context, ActionList& actions);
/// The lock of ADD CONSTRAINT on the table and on those that inherit from it.
void LockForConstraint(Action& action, const Object& object, LockMode mode, const PlanContext& context);
/// `ALTER TABLE t ADD CONSTRAINT c ...` in one step, with the locks of the tables that it is about: those that have it
/// and, of a foreign key, those that it refers to.
Action& AddConstraintStep(const Object& object, const PlanContext& context, ActionList& actions, LockMode mode);
/// `VALIDATE CONSTRAINT` in a transaction of its own, after the step that added it. `condition` is what rows must
/// satisfy.
void ValidateAfter(const Object& object, const PlanContext& context, ActionList& actions, std::string_view condition);
/// `VALIDATE CONSTRAINT`, for a constraint that was not valid.
void Validate(const Alteration& alteration, ActionList& actions);
/// Only from not valid to valid.
bool CanValidate(const Alteration& alteration);

}  // namespace schemadiff
