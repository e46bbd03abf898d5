#include "planner/rules.h"
#include "planner/rules/rename.h"

namespace schemadiff {
namespace {

std::string CreateTextSearchTemplateSql(const Object& object) {
  const TextSearchTemplate& created = object.As<TextSearchTemplate>();
  const std::string init = created.init.empty() ? std::string() : "INIT = " + created.init + ", ";
  return fmt::format("CREATE TEXT SEARCH TEMPLATE {} ({}LEXIZE = {})", RelationName(object.id), init, created.lexize);
}

void CreateTextSearchTemplate(const Object& object, const PlanContext&, ActionList& actions) {
  Action& action = actions.Add(object, Verb::kCreate, CreateTextSearchTemplateSql(object));
  action.step.undo = "DROP TEXT SEARCH TEMPLATE " + RelationName(object.id);
}

void DropTextSearchTemplate(const Object& object, const PlanContext& context, ActionList& actions) {
  Action& action = actions.Add(object, Verb::kDrop, "DROP TEXT SEARCH TEMPLATE " + RelationName(object.id));
  action.step.undo = CreateTextSearchTemplateSql(object);
  if (!context.desired().Contains(object.id)) action.step.phase = Phase::kContract;
}

}  // namespace

template <>
const KindRules& RulesOf<TextSearchTemplate>() {
  static constexpr auto fields = std::to_array<FieldRule>({{"init"}, {"lexize"}});
  static_assert(Covers<TextSearchTemplate>(fields));
  static constexpr KindRules rules{.create = CreateTextSearchTemplate,
                                   .drop = DropTextSearchTemplate,
                                   .fields = fields,
                                   .subject = NamedSubject<"TEXT SEARCH TEMPLATE">,
                                   .rename = RenameObject};
  return rules;
}

}  // namespace schemadiff
