#include "planner/rules/constraint.h"

#include <fmt/format.h>

#include "planner/sql.h"
#include "support/quote.h"

namespace schemadiff {
namespace {

std::string AlterTable(ObjectId constraint) { return AlterRelation(constraint.parent()); }

std::string DropSql(ObjectId id) {
  return fmt::format("{} DROP CONSTRAINT {}", AlterTable(id), QuoteIdentifier(id.name()));
}

std::string AddSql(const Object& object) {
  return fmt::format("{} ADD {}", AlterTable(object.id), ConstraintDefinition(object));
}

void AddValidation(const Object& object, const PlanContext& context, ActionList& actions, std::string_view condition,
                   bool follows) {
  const std::string sql =
      fmt::format("{} VALIDATE CONSTRAINT {}", AlterTable(object.id), QuoteIdentifier(object.id.name()));
  Action& validate = follows ? actions.Then(object, Verb::kAlter, sql) : actions.Add(object, Verb::kAlter, sql);
  validate.step.transaction = TransactionMode::kOwn;
  validate.step.scans.push_back(RelationName(object.id.parent()));
  validate.step.estimate = context.SizeOf(object.id.parent());
  AddLock(validate, object.id.parent(), LockMode::kShareUpdateExclusive);
  if (const ForeignKey* key = object.If<ForeignKey>()) AddLock(validate, key->referenced, LockMode::kRowShare);
  AddHazard(validate, HazardKind::kMayFail, std::string(condition));
}

}  // namespace

Action& DropConstraintStep(const Object& object, const PlanContext& context, ActionList& actions) {
  Action& action = actions.Add(object, Verb::kDrop, DropSql(object.id));
  action.step.undo = AddSql(object);
  AddLock(action, object.id.parent(), LockMode::kAccessExclusive);
  if (const ForeignKey* key = object.If<ForeignKey>()) AddLock(action, key->referenced, LockMode::kAccessExclusive);
  if (context.desired().Contains(object.id)) {
    AddHazard(action, HazardKind::kUnprotected, "until it is added again, rows may break it");
  }
  return action;
}

void DropConstraint(const Object& object, const PlanContext& context, ActionList& actions) {
  DropConstraintStep(object, context, actions);
}

void RenameConstraint(ObjectId from, const Object& object, const PlanContext&, ActionList& actions) {
  const auto rename = [&](const std::string& a, const std::string& b) {
    return fmt::format("{} RENAME CONSTRAINT {} TO {}", AlterTable(object.id), QuoteIdentifier(a), QuoteIdentifier(b));
  };
  Action& action = actions.Add(object, Verb::kRename, rename(from.name(), object.id.name()));
  action.step.undo = rename(object.id.name(), from.name());
  AddLock(action, object.id.parent(), LockMode::kAccessExclusive);
}

Action& AddConstraintStep(const Object& object, const PlanContext& context, ActionList& actions, LockMode mode) {
  Action& action = actions.Add(object, Verb::kCreate, AddSql(object));
  action.step.undo = DropSql(object.id);
  if (!context.IsNew(object.id.parent())) AddLock(action, object.id.parent(), mode);
  return action;
}

void ValidateAfter(const Object& object, const PlanContext& context, ActionList& actions, std::string_view condition) {
  AddValidation(object, context, actions, condition, true);
}

void Validate(const Alteration& alteration, ActionList& actions) {
  AddValidation(alteration.after, alteration.context, actions, "every row has to satisfy it", false);
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
