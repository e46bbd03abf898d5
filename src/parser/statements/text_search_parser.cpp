#include <unordered_map>

#include "parser/references.h"
#include "parser/statements/function_name.h"
#include "parser/statements/text_search.h"

namespace schemadiff {
namespace {

struct Part {
  std::string TextSearchParser::* member;
  std::string_view arguments;
};

// The functions with their argument types (manual: CREATE TEXT SEARCH PARSER).
const std::unordered_map<std::string_view, Part>& Parts() {
  static const std::unordered_map<std::string_view, Part> parts = {
      {"start", {&TextSearchParser::start, "internal, integer"}},
      {"gettoken", {&TextSearchParser::get_token, "internal, internal, internal"}},
      {"end", {&TextSearchParser::end, "internal"}},
      {"headline", {&TextSearchParser::headline, "internal, internal, tsquery"}},
      {"lextypes", {&TextSearchParser::lex_types, "internal"}},
  };
  return parts;
}

Outcome CreateTextSearchParser(Interpreter& in, const Statement& statement) {
  TextSearchParser parser;
  std::vector<Edge> edges;
  for (const Node item : statement.node["definition"].Items()) {
    const Node option = item["DefElem"];
    const auto part = Parts().find(option.Text("defname"));
    if (part == Parts().end()) {
      ReportUnknownOption(in, statement, option, "a text search parser");
      continue;
    }
    const std::optional<std::string> function = ResolveFunctionName(
        in, statement, NameInOption(option["arg"]), part->second.arguments, "text search parser function", edges);
    if (!function) return Outcome::kWaiting;
    parser.*part->second.member = *function;
  }
  CreateNamed(in, statement, ObjectKind::kTextSearchParser, std::move(parser), std::move(edges));
  return Outcome::kDone;
}

}  // namespace

template <>
void RegisterStatements<TextSearchParser>(StatementRegistry& registry) {
  registry.statements["OBJECT_TSPARSER"] = CreateTextSearchParser;
  registry.declarations.emplace(
      "OBJECT_TSPARSER",
      StatementRegistry::Declaration{NameSpace::kTextSearchParser, ObjectKind::kTextSearchParser, NamesIn<"defnames">});
  registry.locators["OBJECT_TSPARSER"] = LocateForSearch<ObjectKind::kTextSearchParser>;
}

}  // namespace schemadiff
