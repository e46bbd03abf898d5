#include "planner/rules.h"
#include "planner/rules/rename.h"

namespace schemadiff {
namespace {

std::string CreateConversionSql(const Object& object) {
  const Conversion& conversion = object.As<Conversion>();
  return fmt::format("CREATE {}CONVERSION {} FOR {} TO {} FROM {}", conversion.is_default ? "DEFAULT " : "",
                     RelationName(object.id), QuoteLiteral(conversion.source), QuoteLiteral(conversion.target),
                     conversion.function);
}

void CreateConversion(const Object& object, const PlanContext&, ActionList& actions) {
  Action& action = actions.Add(object, Verb::kCreate, CreateConversionSql(object));
  action.step.undo = "DROP CONVERSION " + RelationName(object.id);
}

void DropConversion(const Object& object, const PlanContext& context, ActionList& actions) {
  Action& action = actions.Add(object, Verb::kDrop, "DROP CONVERSION " + RelationName(object.id));
  action.step.undo = CreateConversionSql(object);
  if (context.desired().Contains(object.id)) return;
  action.step.phase = Phase::kContract;
  if (object.As<Conversion>().is_default) {
    AddHazard(action, HazardKind::kBreaksClients, "clients with the other encoding may fail");
  }
}

}  // namespace

template <>
const KindRules& RulesOf<Conversion>() {
  static constexpr auto fields = std::to_array<FieldRule>({{"source"}, {"target"}, {"function"}, {"is_default"}});
  static_assert(Covers<Conversion>(fields));
  static constexpr KindRules rules{.create = CreateConversion,
                                   .drop = DropConversion,
                                   .fields = fields,
                                   .subject = NamedSubject<"CONVERSION">,
                                   .rename = RenameObject};
  return rules;
}

}  // namespace schemadiff
