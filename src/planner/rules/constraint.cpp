#include "planner/rules/constraint.h"

#include <fmt/format.h>

#include "model/partition_index.h"
#include "planner/rules/partition_index.h"
#include "planner/sql.h"
#include "support/quote.h"

namespace schemadiff {
namespace {

std::string AlterTable(ObjectId constraint) { return AlterRelation(constraint.parent()); }

std::string DropConstraintSql(ObjectId id) {
  return fmt::format("{} DROP CONSTRAINT {}", AlterTable(id), QuoteIdentifier(id.name()));
}

std::string AddConstraintSql(const Object& object, bool only = false) {
  const std::string alter = only ? "ALTER TABLE ONLY " + RelationName(object.id.parent()) : AlterTable(object.id);
  return fmt::format("{} ADD {}", alter, ConstraintDefinition(object));
}

// A check goes on to all that inherits from its table, any other to partitions; a foreign key is of its table and of
// the one that it refers to.
void LockTables(Action& action, const Object& object, LockMode mode, const PlanContext& context) {
  const ObjectId table = object.id.parent();
  const Check* check = object.If<Check>();
  if (check == nullptr) {
    AddLockWithPartitions(action, table, mode, context);
  } else if (!check->no_inherit) {
    AddLockWithDescendants(action, table, mode, context);
  } else if (!context.IsNew(table)) {
    AddLock(action, table, mode);
  }
  if (const ForeignKey* key = object.If<ForeignKey>()) AddLockWithPartitions(action, key->referenced, mode, context);
}

// Its index is built, and that of every partition, as CREATE INDEX does; a part that a partition has already is looked
// at. What is deferrable checks rows by triggers.
void LockForBuild(Action& action, const Object& object, LockMode mode, const PlanContext& context) {
  const ObjectId table = object.id.parent();
  if (!context.IsNew(table)) AddLock(action, table, mode);
  const Key* key = object.If<Key>();
  const bool deferrable = key != nullptr ? key->deferrable : object.As<Exclusion>().deferrable;
  const LockMode built = deferrable ? LockMode::kShareRowExclusive : LockMode::kShare;
  if (!context.IsPartitioned(table)) return;
  for (const ObjectId partition : PartitionsOf(table, context)) {
    const bool has_part = PartOn(context.desired(), partition, object.id) != nullptr;
    AddLock(action, partition, has_part ? LockMode::kShare : built);
    if (!has_part) AddLockWithPartitions(action, partition, built, context);
  }
}

// The tables are those of before, also where the plan makes them anew. Whichever has a trigger of a foreign key loses
// it: before version 15, partitioned tables that are partitions have none.
void LockForDrop(Action& action, const Object& object, const PlanContext& context) {
  const ForeignKey* key = object.If<ForeignKey>();
  AddLock(action, object.id.parent(), LockMode::kAccessExclusive);
  if (key != nullptr) AddLock(action, key->referenced, LockMode::kAccessExclusive);
  if (key == nullptr || context.major() >= 15) {
    return LockTables(action, object, LockMode::kAccessExclusive, context);
  }
  AddLockWithPartitions(action, object.id.parent(), LockMode::kAccessExclusive, context);
  if (!context.IsPartitioned(key->referenced)) return;
  for (const ObjectId partition : context.DescendantsOf(key->referenced)) {
    if (!context.IsPartitioned(partition)) AddLock(action, partition, LockMode::kAccessExclusive);
  }
}

void AddConstraintValidation(const Object& object, const PlanContext& context, ActionList& actions,
                             std::string_view condition, bool follows) {
  const std::string sql =
      fmt::format("{} VALIDATE CONSTRAINT {}", AlterTable(object.id), QuoteIdentifier(object.id.name()));
  Action& validate = follows ? actions.Then(object, Verb::kAlter, sql) : actions.Add(object, Verb::kAlter, sql);
  validate.step.transaction = TransactionMode::kOwn;
  validate.step.scans.push_back(RelationName(object.id.parent()));
  validate.step.estimate = context.SizeOf(object.id.parent());
  const ForeignKey* key = object.If<ForeignKey>();
  if (key == nullptr) {
    LockTables(validate, object, LockMode::kShareUpdateExclusive, context);
  } else {
    AddLockWithPartitions(validate, object.id.parent(), LockMode::kShareUpdateExclusive, context);
    if (!context.IsNew(key->referenced)) AddLock(validate, key->referenced, LockMode::kRowShare);
  }
  AddHazard(validate, HazardKind::kMayFail, std::string(condition));
}

}  // namespace

void LockForConstraint(Action& action, const Object& object, LockMode mode, const PlanContext& context) {
  const ObjectId table = object.id.parent();
  if (object.If<Key>() != nullptr || object.If<Exclusion>() != nullptr) {
    LockForBuild(action, object, mode, context);
  } else {
    LockTables(action, object, mode, context);
  }
  // From version 18 ADD CONSTRAINT locks what inherits from the table whether the constraint goes on to it or not.
  if (context.major() >= 18) AddLockWithDescendants(action, table, mode, context);
}

Action& DropConstraintStep(const Object& object, const PlanContext& context, ActionList& actions) {
  Action& action = actions.Add(object, Verb::kDrop, DropConstraintSql(object.id));
  action.step.undo = AddConstraintSql(object);
  LockForDrop(action, object, context);
  return action;
}

void DropConstraint(const Object& object, const PlanContext& context, ActionList& actions) {
  DropConstraintStep(object, context, actions);
}

void RenameConstraint(ObjectId from, const Object& object, const PlanContext& context, ActionList& actions) {
  const auto rename = [&](const std::string& a, const std::string& b) {
    return fmt::format("{} RENAME CONSTRAINT {} TO {}", AlterTable(object.id), QuoteIdentifier(a), QuoteIdentifier(b));
  };
  Action& action = actions.Add(object, Verb::kRename, rename(from.name(), object.id.name()));
  action.step.undo = rename(object.id.name(), from.name());
  AddLock(action, object.id.parent(), LockMode::kAccessExclusive);
  if (object.If<Check>() != nullptr) LockTables(action, object, LockMode::kAccessExclusive, context);
}

Action& AddConstraintStep(const Object& object, const PlanContext& context, ActionList& actions, LockMode mode) {
  const bool only = context.in_any_order() && object.only;
  Action& action = actions.Add(object, Verb::kCreate, AddConstraintSql(object, only));
  action.step.undo = DropConstraintSql(object.id);
  LockForConstraint(action, object, mode, context);
  return action;
}

void ValidateAfter(const Object& object, const PlanContext& context, ActionList& actions, std::string_view condition) {
  AddConstraintValidation(object, context, actions, condition, true);
}

void Validate(const Alteration& alteration, ActionList& actions) {
  AddConstraintValidation(alteration.after, alteration.context, actions, "every row has to satisfy it", false);
}

bool CanValidate(const Alteration& alteration) {
  return Visit(
      [](const auto& after) {
        if constexpr (requires { after.valid; }) {
          return after.valid;
        } else {
          return false;
        }
      },
      alteration.after.attributes);
}

}  // namespace schemadiff
