#include "planner/rules.h"

namespace schemadiff {
namespace {

std::string CreateSql(const Object& object) {
  const Conversion& conversion = object.As<Conversion>();
  return fmt::format("CREATE {}CONVERSION {} FOR {} TO {} FROM {}", conversion.is_default ? "DEFAULT " : "",
                     RelationName(object.id), QuoteLiteral(conversion.source), QuoteLiteral(conversion.target),
                     conversion.function);
}

void Create(const Object& object, const PlanContext&, ActionList& actions) {
  Action& action = actions.Add(object, Verb::kCreate, CreateSql(object));
  action.step.undo = "DROP CONVERSION " + RelationName(object.id);
}

void Drop(const Object& object, const PlanContext& context, ActionList& actions) {
  Action& action = actions.Add(object, Verb::kDrop, "DROP CONVERSION " + RelationName(object.id));
  action.step.undo = CreateSql(object);
  if (context.desired().Contains(object.id)) return;
  action.step.phase = Phase::kContract;
  if (object.As<Conversion>().is_default) {
    AddHazard(action, HazardKind::kBreaksClients, "clients with the other encoding may fail");
  }
}

void Rename(ObjectId from, const Object& object, const PlanContext&, ActionList& actions) {
  const auto rename = [](ObjectId a, ObjectId b) {
    return fmt::format("ALTER CONVERSION {} RENAME TO {}", RelationName(a), QuoteIdentifier(b.name()));
  };
  Action& action = actions.Add(object, Verb::kRename, rename(from, object.id));
  action.step.undo = rename(object.id, from);
}

}  // namespace

template <>
const KindRules& RulesOf<Conversion>() {
  static constexpr auto fields = std::to_array<FieldRule>({{"source"}, {"target"}, {"function"}, {"is_default"}});
  static_assert(Covers<Conversion>(fields));
  static constexpr KindRules rules{
      .create = Create, .drop = Drop, .fields = fields, .subject = NamedSubject<"CONVERSION">, .rename = Rename};
  return rules;
}

}  // namespace schemadiff
