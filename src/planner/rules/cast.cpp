#include "planner/rules.h"

namespace schemadiff {
namespace {

std::string CastSubject(ObjectId id, const PlanContext&) {
  return fmt::format("CAST ({} AS {})", id.name(), id.arguments());
}

std::string CreateCastSql(const Object& object) {
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

void CreateCast(const Object& object, const PlanContext& context, ActionList& actions) {
  Action& action = actions.Add(object, Verb::kCreate, CreateCastSql(object));
  action.step.undo = "DROP " + CastSubject(object.id, context);
}

void DropCast(const Object& object, const PlanContext& context, ActionList& actions) {
  Action& action = actions.Add(object, Verb::kDrop, "DROP " + CastSubject(object.id, context));
  action.step.undo = CreateCastSql(object);
  if (context.desired().Contains(object.id)) return;
  action.step.phase = Phase::kContract;
  AddHazard(action, HazardKind::kBreaksClients, "queries that rely on the cast fail");
}

}  // namespace

template <>
const KindRules& RulesOf<Cast>() {
  static constexpr auto fields = std::to_array<FieldRule>({{"method"}, {"function"}, {"context"}});
  static_assert(Covers<Cast>(fields));
  static constexpr KindRules rules{.create = CreateCast, .drop = DropCast, .fields = fields, .subject = CastSubject};
  return rules;
}

}  // namespace schemadiff
