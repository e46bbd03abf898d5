#include "planner/rules.h"
#include "planner/rules/rename.h"

namespace schemadiff {
namespace {

std::string CreateTextSearchParserSql(const Object& object) {
  const TextSearchParser& parser = object.As<TextSearchParser>();
  const std::string headline = parser.headline.empty() ? std::string() : ", HEADLINE = " + parser.headline;
  return fmt::format("CREATE TEXT SEARCH PARSER {} (START = {}, GETTOKEN = {}, END = {}{}, LEXTYPES = {})",
                     RelationName(object.id), parser.start, parser.get_token, parser.end, headline, parser.lex_types);
}

void CreateTextSearchParser(const Object& object, const PlanContext&, ActionList& actions) {
  Action& action = actions.Add(object, Verb::kCreate, CreateTextSearchParserSql(object));
  action.step.undo = "DROP TEXT SEARCH PARSER " + RelationName(object.id);
}

void DropTextSearchParser(const Object& object, const PlanContext& context, ActionList& actions) {
  Action& action = actions.Add(object, Verb::kDrop, "DROP TEXT SEARCH PARSER " + RelationName(object.id));
  action.step.undo = CreateTextSearchParserSql(object);
  if (!context.desired().Contains(object.id)) action.step.phase = Phase::kContract;
}

}  // namespace

template <>
const KindRules& RulesOf<TextSearchParser>() {
  static constexpr auto fields =
      std::to_array<FieldRule>({{"start"}, {"get_token"}, {"end"}, {"headline"}, {"lex_types"}});
  static_assert(Covers<TextSearchParser>(fields));
  static constexpr KindRules rules{.create = CreateTextSearchParser,
                                   .drop = DropTextSearchParser,
                                   .fields = fields,
                                   .subject = NamedSubject<"TEXT SEARCH PARSER">,
                                   .rename = RenameObject};
  return rules;
}

}  // namespace schemadiff
