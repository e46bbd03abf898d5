#include "planner/rules.h"

namespace schemadiff {
namespace {

std::string CreateAccessMethodSql(const Object& object) {
  const AccessMethod& method = object.As<AccessMethod>();
  return fmt::format("CREATE ACCESS METHOD {} TYPE {} HANDLER {}", QuoteIdentifier(object.id.name()),
                     method.type == AccessMethod::Type::kTable ? "TABLE" : "INDEX", method.handler);
}

void CreateAccessMethod(const Object& object, const PlanContext&, ActionList& actions) {
  Action& action = actions.Add(object, Verb::kCreate, CreateAccessMethodSql(object));
  action.step.undo = "DROP ACCESS METHOD " + QuoteIdentifier(object.id.name());
}

void DropAccessMethod(const Object& object, const PlanContext& context, ActionList& actions) {
  Action& action = actions.Add(object, Verb::kDrop, "DROP ACCESS METHOD " + QuoteIdentifier(object.id.name()));
  action.step.undo = CreateAccessMethodSql(object);
  if (context.desired().Contains(object.id)) return;
  action.step.phase = Phase::kContract;
}

}  // namespace

template <>
const KindRules& RulesOf<AccessMethod>() {
  static constexpr auto fields = std::to_array<FieldRule>({{"type"}, {"handler"}});
  static_assert(Covers<AccessMethod>(fields));
  static constexpr KindRules rules{.create = CreateAccessMethod,
                                   .drop = DropAccessMethod,
                                   .fields = fields,
                                   .subject = NamedSubject<"ACCESS METHOD">};
  return rules;
}

}  // namespace schemadiff
