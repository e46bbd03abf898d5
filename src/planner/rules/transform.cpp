#include "planner/rules.h"

namespace schemadiff {
namespace {

std::string TransformSubject(ObjectId id, const PlanContext&) {
  return fmt::format("TRANSFORM FOR {} LANGUAGE {}", id.name(), QuoteIdentifier(id.arguments()));
}

std::string CreateTransformSql(const Object& object, std::string_view create) {
  const Transform& transform = object.As<Transform>();
  std::vector<std::string> parts;
  if (!transform.from_sql.empty()) parts.push_back("FROM SQL WITH FUNCTION " + transform.from_sql);
  if (!transform.to_sql.empty()) parts.push_back("TO SQL WITH FUNCTION " + transform.to_sql);
  return fmt::format("{} TRANSFORM FOR {} LANGUAGE {} ({})", create, object.id.name(),
                     QuoteIdentifier(object.id.arguments()), Join(parts, ", "));
}

void CreateTransform(const Object& object, const PlanContext& context, ActionList& actions) {
  Action& action = actions.Add(object, Verb::kCreate, CreateTransformSql(object, "CREATE"));
  action.step.undo = "DROP " + TransformSubject(object.id, context);
}

void DropTransform(const Object& object, const PlanContext& context, ActionList& actions) {
  Action& action = actions.Add(object, Verb::kDrop, "DROP " + TransformSubject(object.id, context));
  action.step.phase = Phase::kContract;
  action.step.undo = CreateTransformSql(object, "CREATE");
  AddHazard(action, HazardKind::kBreaksClients, "functions that use the transform see values in another form");
}

void ReplaceTransform(const Alteration& alteration, ActionList& actions) {
  Action& action =
      actions.Add(alteration.after, Verb::kAlter, CreateTransformSql(alteration.after, "CREATE OR REPLACE"));
  action.step.undo = CreateTransformSql(alteration.before, "CREATE OR REPLACE");
  AddHazard(action, HazardKind::kOpaque, "what the new functions do is not known");
}

}  // namespace

template <>
const KindRules& RulesOf<Transform>() {
  static constexpr auto fields =
      std::to_array<FieldRule>({{"from_sql", ReplaceTransform}, {"to_sql", ReplaceTransform}});
  static_assert(Covers<Transform>(fields));
  static constexpr KindRules rules{
      .create = CreateTransform, .drop = DropTransform, .fields = fields, .subject = TransformSubject};
  return rules;
}

}  // namespace schemadiff
