#include "planner/rules.h"

namespace schemadiff {
namespace {

std::string Subject(ObjectId id, const PlanContext&) {
  return fmt::format("CAST ({} AS {})", id.name(), id.arguments());
}

std::string CreateSql(const Object& object) {
  const Cast& cast = object.As<Cast>();
  std::string sql = fmt::format("CREATE CAST ({} AS {})", object.id.name(), object.id.arguments());
  switch (cast.method) {
    case Cast::Method::kFunction: sql += " WITH FUNCTION " + cast.function; break;
    case Cast::Method::kInout: sql += " WITH INOUT"; break;
    case Cast::Method::kBinary: sql += " WITHOUT FUNCTION"; break;
  }
  if (cast.context == Cast::Context::kAssignment) sql += " AS ASSIGNMENT";
  if (cast.context == Cast::Context::kImplicit) sql += " AS IMPLICIT";
  return sql;
}

void Create(const Object& object, const PlanContext& context, ActionList& actions) {
  Action& action = actions.Add(object, Verb::kCreate, CreateSql(object));
  action.step.undo = "DROP " + Subject(object.id, context);
}

void Drop(const Object& object, const PlanContext& context, ActionList& actions) {
  Action& action = actions.Add(object, Verb::kDrop, "DROP " + Subject(object.id, context));
  action.step.undo = CreateSql(object);
  if (context.desired().Contains(object.id)) return;
  action.step.phase = Phase::kContract;
  AddHazard(action, HazardKind::kBreaksClients, "queries that rely on the cast fail");
}

}  // namespace

template <>
const KindRules& RulesOf<Cast>() {
  static constexpr auto fields = std::to_array<FieldRule>({{"method"}, {"function"}, {"context"}});
  static_assert(Covers<Cast>(fields));
  static constexpr KindRules rules{.create = Create, .drop = Drop, .fields = fields, .subject = Subject};
  return rules;
}

}  // namespace schemadiff
