#include <algorithm>

#include "parser/references.h"
#include "parser/statements/text_search.h"
#include "support/quote.h"

namespace schemadiff {
namespace {

// As PostgreSQL stores it: src/backend/commands/tsearchcmds.c, serialize_deflist.
std::string ValueOf(Node argument) {
  const std::string text = OptionText(argument);
  return argument.As("Integer") || argument.As("Float") ? text : QuoteLiteral(text);
}

// One that is given anew moves to the end; without a value it goes.
void SetTextSearchDictionaryOption(TextSearchDictionary& dictionary, Node option) {
  std::string name(option.Text("defname"));
  std::erase_if(dictionary.options, [&](const DictionaryOption& known) { return known.name == name; });
  if (option["arg"]) dictionary.options.push_back({std::move(name), ValueOf(option["arg"])});
}

Outcome CreateTextSearchDictionary(Interpreter& in, const Statement& statement) {
  TextSearchDictionary dictionary;
  std::vector<Edge> edges;
  for (const Node item : statement.node["definition"].Items()) {
    const Node option = item["DefElem"];
    if (option.Text("defname") != "template") {
      SetTextSearchDictionaryOption(dictionary, option);
      continue;
    }
    const std::optional<std::string> used = ResolveTextSearchName(
        in, statement, NameSpace::kTextSearchTemplate, NameInOption(option["arg"]), "text search template", edges);
    if (!used) return Outcome::kWaiting;
    dictionary.used_template = *used;
  }
  CreateNamed(in, statement, ObjectKind::kTextSearchDictionary, std::move(dictionary), std::move(edges));
  return Outcome::kDone;
}

Outcome AlterTextSearchDictionary(Interpreter& in, const Statement& statement) {
  const Node name = statement.node["dictname"];
  const ObjectId id = LocateForSearch<ObjectKind::kTextSearchDictionary>(in, statement, name);
  if (!id) return in.Waiting(statement, -1, "text search dictionary", Join(Strings(name), "."));
  TextSearchDictionary& dictionary = in.schema().Find(id)->As<TextSearchDictionary>();
  for (const Node item : statement.node["options"].Items()) SetTextSearchDictionaryOption(dictionary, item["DefElem"]);
  return Outcome::kDone;
}

}  // namespace

template <>
void RegisterStatements<TextSearchDictionary>(StatementRegistry& registry) {
  registry.statements["OBJECT_TSDICTIONARY"] = CreateTextSearchDictionary;
  registry.statements["AlterTSDictionaryStmt"] = AlterTextSearchDictionary;
  registry.declarations.emplace("OBJECT_TSDICTIONARY",
                                StatementRegistry::Declaration{NameSpace::kTextSearchDictionary,
                                                               ObjectKind::kTextSearchDictionary, NamesIn<"defnames">});
  registry.locators["OBJECT_TSDICTIONARY"] = LocateForSearch<ObjectKind::kTextSearchDictionary>;
}

}  // namespace schemadiff
