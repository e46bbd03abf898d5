#include "parser/references.h"
#include "parser/statements/function_name.h"
#include "parser/statements/text_search.h"

namespace schemadiff {
namespace {

Outcome CreateTextSearchTemplate(Interpreter& in, const Statement& statement) {
  TextSearchTemplate created;
  std::vector<Edge> edges;
  for (const Node item : statement.node["definition"].Items()) {
    const Node option = item["DefElem"];
    const std::string_view name = option.Text("defname");
    if (name != "init" && name != "lexize") {
      ReportUnknownOption(in, statement, option, "a text search template");
      continue;
    }
    // Manual: CREATE TEXT SEARCH TEMPLATE.
    const std::string_view arguments = name == "init" ? "internal" : "internal, internal, internal, internal";
    const std::optional<std::string> function = ResolveFunctionName(in, statement, NameInOption(option["arg"]),
                                                                    arguments, "text search template function", edges);
    if (!function) return Outcome::kWaiting;
    (name == "init" ? created.init : created.lexize) = *function;
  }
  CreateNamed(in, statement, ObjectKind::kTextSearchTemplate, std::move(created), std::move(edges));
  return Outcome::kDone;
}

}  // namespace

template <>
void RegisterStatements<TextSearchTemplate>(StatementRegistry& registry) {
  registry.statements["OBJECT_TSTEMPLATE"] = CreateTextSearchTemplate;
  registry.declarations.emplace("OBJECT_TSTEMPLATE",
                                StatementRegistry::Declaration{NameSpace::kTextSearchTemplate,
                                                               ObjectKind::kTextSearchTemplate, NamesIn<"defnames">});
  registry.locators["OBJECT_TSTEMPLATE"] = LocateForSearch<ObjectKind::kTextSearchTemplate>;
}

}  // namespace schemadiff
