#include "planner/rules.h"

namespace schemadiff {
namespace {

std::string SecurityLabelSql(ObjectId label, const PlanContext& context, const std::string* text) {
  return fmt::format("SECURITY LABEL FOR {} ON {} IS {}", QuoteIdentifier(label.name()),
                     RulesFor(label.parent().kind()).subject(label.parent(), context),
                     text == nullptr ? "NULL" : QuoteLiteral(*text));
}

void AddSecurityLabelChange(const Object& object, Verb verb, const PlanContext& context, ActionList& actions,
                            const std::string* before, const std::string* after) {
  Action& action = actions.Add(object, verb, SecurityLabelSql(object.id, context, after));
  action.step.undo = SecurityLabelSql(object.id, context, before);
  AddDescriptionLock(action, object.id.parent(), context);
  if (!context.IsNew(object.id.root())) {
    AddHazard(action, HazardKind::kAccessChange, "what the provider lets roles do may change");
  }
}

void CreateSecurityLabel(const Object& object, const PlanContext& context, ActionList& actions) {
  AddSecurityLabelChange(object, Verb::kCreate, context, actions, nullptr, &object.As<SecurityLabel>().label);
}

void DropSecurityLabel(const Object& object, const PlanContext& context, ActionList& actions) {
  AddSecurityLabelChange(object, Verb::kDrop, context, actions, &object.As<SecurityLabel>().label, nullptr);
}

void SetLabel(const Alteration& alteration, ActionList& actions) {
  AddSecurityLabelChange(alteration.after, Verb::kAlter, alteration.context, actions,
                         &alteration.Before<SecurityLabel>().label, &alteration.After<SecurityLabel>().label);
}

}  // namespace

template <>
const KindRules& RulesOf<SecurityLabel>() {
  static constexpr auto fields = std::to_array<FieldRule>({{"label", SetLabel}});
  static_assert(Covers<SecurityLabel>(fields));
  static constexpr KindRules rules{.create = CreateSecurityLabel, .drop = DropSecurityLabel, .fields = fields};
  return rules;
}

}  // namespace schemadiff
