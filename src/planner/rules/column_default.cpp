#include <fmt/format.h>

#include "planner/rules.h"
#include "planner/sql.h"
#include "support/quote.h"

namespace schemadiff {
namespace {

std::string AlterColumn(ObjectId id) {
  const ObjectId column = id.parent();
  return fmt::format("{} ALTER COLUMN {}", AlterRelation(column.parent()), QuoteIdentifier(column.name()));
}

std::string Set(const Object& object) {
  return fmt::format("{} SET DEFAULT {}", AlterColumn(object.id), object.As<ColumnDefault>().expression.Text());
}

void Create(const Object& object, const PlanContext& context, ActionList& actions) {
  Action& action = actions.Add(object, Verb::kAlter, Set(object));
  action.step.undo = AlterColumn(object.id) + " DROP DEFAULT";
  AddLockWithDescendants(action, object.id.root(), LockMode::kAccessExclusive, context);
}

void Drop(const Object& object, const PlanContext& context, ActionList& actions) {
  Action& action = actions.Add(object, Verb::kAlter, AlterColumn(object.id) + " DROP DEFAULT");
  action.step.undo = Set(object);
  AddLockWithDescendants(action, object.id.root(), LockMode::kAccessExclusive, context);
}

void SetExpression(const Alteration& alteration, ActionList& actions) {
  Action& action = actions.Add(alteration.after, Verb::kAlter, Set(alteration.after));
  action.step.undo = Set(alteration.before);
  AddLockWithDescendants(action, alteration.after.id.root(), LockMode::kAccessExclusive, alteration.context);
}

}  // namespace

template <>
const KindRules& RulesOf<ColumnDefault>() {
  static constexpr auto fields = std::to_array<FieldRule>({{"expression", SetExpression}});
  static_assert(Covers<ColumnDefault>(fields));
  static constexpr KindRules rules{.create = Create,
                                   .drop = Drop,
                                   .fields = fields,
                                   .gap = "until it is set again, rows that say nothing of the column get NULL",
                                   .gap_hazard = HazardKind::kBreaksClients};
  return rules;
}

}  // namespace schemadiff
