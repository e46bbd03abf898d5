#include <fmt/format.h>

#include "planner/rules/column_rules.h"
#include "planner/sql.h"

namespace schemadiff {
namespace {

std::string SetColumnDefault(const Object& object) {
  return fmt::format("{} SET DEFAULT {}", AlterColumn(object.id.parent()),
                     object.As<ColumnDefault>().expression.Text());
}

void CreateColumnDefault(const Object& object, const PlanContext& context, ActionList& actions) {
  Action& action = actions.Add(object, Verb::kAlter, SetColumnDefault(object));
  action.step.undo = AlterColumn(object.id.parent()) + " DROP DEFAULT";
  AddLockWithDescendants(action, object.id.root(), LockMode::kAccessExclusive, context);
}

void DropColumnDefault(const Object& object, const PlanContext& context, ActionList& actions) {
  Action& action = actions.Add(object, Verb::kAlter, AlterColumn(object.id.parent()) + " DROP DEFAULT");
  action.step.undo = SetColumnDefault(object);
  AddLockWithDescendants(action, object.id.root(), LockMode::kAccessExclusive, context);
}

void SetExpression(const Alteration& alteration, ActionList& actions) {
  Action& action = actions.Add(alteration.after, Verb::kAlter, SetColumnDefault(alteration.after));
  action.step.undo = SetColumnDefault(alteration.before);
  AddLockWithDescendants(action, alteration.after.id.root(), LockMode::kAccessExclusive, alteration.context);
}

}  // namespace

template <>
const KindRules& RulesOf<ColumnDefault>() {
  static constexpr auto fields = std::to_array<FieldRule>({{"expression", SetExpression}});
  static_assert(Covers<ColumnDefault>(fields));
  static constexpr KindRules rules{.create = CreateColumnDefault,
                                   .drop = DropColumnDefault,
                                   .fields = fields,
                                   .gap = "until it is set again, rows that say nothing of the column get NULL",
                                   .gap_hazard = HazardKind::kBreaksClients};
  return rules;
}

}  // namespace schemadiff
