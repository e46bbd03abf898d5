#include <algorithm>

#include "parser/references.h"
#include "parser/statements/text_search.h"
#include "support/quote.h"

namespace schemadiff {
namespace {

constexpr auto LocateConfiguration = LocateForSearch<ObjectKind::kTextSearchConfiguration>;

// COPY takes parser and mappings of another one, as they are then. Those of the server's own only the server knows.
Outcome Copy(Interpreter& in, const Statement& statement, const std::vector<std::string>& parts,
             TextSearchConfiguration& configuration, std::vector<Edge>& edges) {
  const Resolution found = in.names().Resolve(NameSpace::kTextSearchConfiguration, parts, *statement.search_path);
  if (found.origin == Resolution::Origin::kDeclared) {
    const Object* source =
        in.schema().Find(ObjectId::Of(ObjectKind::kTextSearchConfiguration, found.name.schema, found.name.name));
    if (source == nullptr) return in.Waiting(statement, -1, "text search configuration", Join(parts, "."));
    configuration = source->As<TextSearchConfiguration>();
    edges = source->edges;
    return Outcome::kDone;
  }
  const std::optional<std::string> name = ResolveTextSearchName(in, statement, NameSpace::kTextSearchConfiguration,
                                                                parts, "text search configuration", edges);
  if (!name) return Outcome::kWaiting;
  configuration.copied_from = *name;
  return Outcome::kDone;
}

Outcome CreateTextSearchConfiguration(Interpreter& in, const Statement& statement) {
  TextSearchConfiguration configuration;
  std::vector<Edge> edges;
  for (const Node item : statement.node["definition"].Items()) {
    const Node option = item["DefElem"];
    const std::vector<std::string> parts = NameInOption(option["arg"]);
    if (option.Text("defname") == "copy") {
      if (Copy(in, statement, parts, configuration, edges) == Outcome::kWaiting) return Outcome::kWaiting;
    } else if (option.Text("defname") == "parser") {
      const std::optional<std::string> parser =
          ResolveTextSearchName(in, statement, NameSpace::kTextSearchParser, parts, "text search parser", edges);
      if (!parser) return Outcome::kWaiting;
      configuration.parser = *parser;
    } else {
      ReportUnknownOption(in, statement, option, "a text search configuration");
    }
  }
  CreateNamed(in, statement, ObjectKind::kTextSearchConfiguration, std::move(configuration), std::move(edges));
  return Outcome::kDone;
}

MappingChange::Way WayOf(std::string_view kind) {
  using enum MappingChange::Way;
  if (kind == "ALTER_TSCONFIG_DROP_MAPPING") return kDrop;
  return kind.starts_with("ALTER_TSCONFIG_REPLACE_DICT") ? kReplace : kSet;
}

Outcome AlterTextSearchConfiguration(Interpreter& in, const Statement& statement) {
  const Node node = statement.node;
  const ObjectId id = LocateConfiguration(in, statement, node["cfgname"]);
  if (!id) return in.Waiting(statement, -1, "text search configuration", Join(Strings(node["cfgname"]), "."));
  MappingChange change{.way = WayOf(node.Text("kind")), .tokens = Strings(node["tokentype"])};
  std::vector<Edge> edges;
  for (const Node item : node["dicts"].Items()) {
    const std::optional<std::string> dictionary = ResolveTextSearchName(in, statement, NameSpace::kTextSearchDictionary,
                                                                        Strings(item), "text search dictionary", edges);
    if (!dictionary) return Outcome::kWaiting;
    change.dictionaries.push_back(*dictionary);
  }
  Object& object = *in.schema().Find(id);
  object.As<TextSearchConfiguration>().Change(std::move(change));
  for (const Edge& edge : edges) {
    if (!std::ranges::contains(object.edges, edge)) object.edges.push_back(edge);
  }
  return Outcome::kDone;
}

}  // namespace

template <>
void RegisterStatements<TextSearchConfiguration>(StatementRegistry& registry) {
  registry.statements["OBJECT_TSCONFIGURATION"] = CreateTextSearchConfiguration;
  registry.statements["AlterTSConfigurationStmt"] = AlterTextSearchConfiguration;
  registry.declarations.emplace(
      "OBJECT_TSCONFIGURATION",
      StatementRegistry::Declaration{NameSpace::kTextSearchConfiguration, ObjectKind::kTextSearchConfiguration,
                                     NamesIn<"defnames">});
  registry.locators["OBJECT_TSCONFIGURATION"] = LocateConfiguration;
}

}  // namespace schemadiff
