#include "planner/rules.h"

namespace schemadiff {
namespace {

std::string Subject(ObjectId id, const PlanContext&) {
  return fmt::format("TRANSFORM FOR {} LANGUAGE {}", id.name(), QuoteIdentifier(id.arguments()));
}

std::string CreateSql(const Object& object, std::string_view create) {
  const Transform& transform = object.As<Transform>();
  std::vector<std::string> parts;
  if (!transform.from_sql.empty()) parts.push_back("FROM SQL WITH FUNCTION " + transform.from_sql);
  if (!transform.to_sql.empty()) parts.push_back("TO SQL WITH FUNCTION " + transform.to_sql);
  return fmt::format("{} TRANSFORM FOR {} LANGUAGE {} ({})", create, object.id.name(),
                     QuoteIdentifier(object.id.arguments()), Join(parts, ", "));
}

void Create(const Object& object, const PlanContext& context, ActionList& actions) {
  Action& action = actions.Add(object, Verb::kCreate, CreateSql(object, "CREATE"));
  action.step.undo = "DROP " + Subject(object.id, context);
}

void Drop(const Object& object, const PlanContext& context, ActionList& actions) {
  Action& action = actions.Add(object, Verb::kDrop, "DROP " + Subject(object.id, context));
  action.step.phase = Phase::kContract;
  action.step.undo = CreateSql(object, "CREATE");
  AddHazard(action, HazardKind::kBreaksClients, "functions that use the transform see values in another form");
}

void Replace(const Alteration& alteration, ActionList& actions) {
  Action& action = actions.Add(alteration.after, Verb::kAlter, CreateSql(alteration.after, "CREATE OR REPLACE"));
  action.step.undo = CreateSql(alteration.before, "CREATE OR REPLACE");
  AddHazard(action, HazardKind::kOpaque, "what the new functions do is not known");
}

}  // namespace

template <>
const KindRules& RulesOf<Transform>() {
  static constexpr auto fields = std::to_array<FieldRule>({{"from_sql", Replace}, {"to_sql", Replace}});
  static_assert(Covers<Transform>(fields));
  static constexpr KindRules rules{.create = Create, .drop = Drop, .fields = fields, .subject = Subject};
  return rules;
}

}  // namespace schemadiff
