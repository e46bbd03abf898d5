#include "planner/rules.h"

namespace schemadiff {
namespace {

// The database is the connected one, whatever it is called: ALTER DATABASE and IN DATABASE want its name.
std::string SettingSql(ObjectId id, const PlanContext& context, const std::string* value) {
  const std::string action =
      value == nullptr ? "RESET " + id.name() : fmt::format("SET {} TO {}", id.name(), SettingValue(id.name(), *value));
  const std::string database = QuoteIdentifier(context.database());
  if (id.parent()) return fmt::format("ALTER ROLE {} {}", QuoteIdentifier(id.parent().name()), action);
  if (id.arguments().empty()) return fmt::format("ALTER DATABASE {} {}", database, action);
  if (id.arguments() == "public") return fmt::format("ALTER ROLE ALL {}", action);
  return fmt::format("ALTER ROLE {} IN DATABASE {} {}", QuoteIdentifier(id.arguments()), database, action);
}

void CreateSetting(const Object& object, const PlanContext& context, ActionList& actions) {
  Action& action = actions.Add(object, Verb::kCreate, SettingSql(object.id, context, &object.As<Setting>().value));
  action.step.undo = SettingSql(object.id, context, nullptr);
}

void DropSetting(const Object& object, const PlanContext& context, ActionList& actions) {
  Action& action = actions.Add(object, Verb::kDrop, SettingSql(object.id, context, nullptr));
  action.step.undo = SettingSql(object.id, context, &object.As<Setting>().value);
}

void SetValue(const Alteration& alteration, ActionList& actions) {
  Action& action = actions.Add(alteration.after, Verb::kAlter,
                               SettingSql(alteration.after.id, alteration.context, &alteration.After<Setting>().value));
  action.step.undo = SettingSql(alteration.after.id, alteration.context, &alteration.Before<Setting>().value);
}

}  // namespace

template <>
const KindRules& RulesOf<Setting>() {
  static constexpr auto fields = std::to_array<FieldRule>({{"value", SetValue}});
  static_assert(Covers<Setting>(fields));
  static constexpr KindRules rules{.create = CreateSetting, .drop = DropSetting, .fields = fields};
  return rules;
}

}  // namespace schemadiff
