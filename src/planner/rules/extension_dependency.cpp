#include "planner/rules.h"

namespace schemadiff {
namespace {

std::string ExtensionDependencySql(ObjectId id, const PlanContext& context, std::string_view way) {
  return fmt::format("ALTER {} {} ON EXTENSION {}", RulesFor(id.parent().kind()).subject(id.parent(), context), way,
                     QuoteIdentifier(id.name()));
}

void AddExtensionDependencyChange(const Object& object, Verb verb, const PlanContext& context, ActionList& actions,
                                  std::string_view way, std::string_view way_back) {
  Action& action = actions.Add(object, verb, ExtensionDependencySql(object.id, context, way));
  action.step.undo = ExtensionDependencySql(object.id, context, way_back);
  const ObjectId dependent = object.id.parent();
  if (StandsIn(dependent.kind(), NameSpace::kRelation) && !context.IsNew(dependent)) {
    AddLock(action, dependent, LockMode::kAccessExclusive);
  }
}

void CreateExtensionDependency(const Object& object, const PlanContext& context, ActionList& actions) {
  AddExtensionDependencyChange(object, Verb::kCreate, context, actions, "DEPENDS", "NO DEPENDS");
}

void DropExtensionDependency(const Object& object, const PlanContext& context, ActionList& actions) {
  AddExtensionDependencyChange(object, Verb::kDrop, context, actions, "NO DEPENDS", "DEPENDS");
}

}  // namespace

template <>
const KindRules& RulesOf<ExtensionDependency>() {
  static constexpr auto fields = std::to_array<FieldRule>({{"extension"}});
  static_assert(Covers<ExtensionDependency>(fields));
  static constexpr KindRules rules{
      .create = CreateExtensionDependency, .drop = DropExtensionDependency, .fields = fields, .has_definition = false};
  return rules;
}

}  // namespace schemadiff
