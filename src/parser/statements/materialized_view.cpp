#include <fmt/format.h>

#include "parser/expressions.h"
#include "parser/statements/locate.h"
#include "parser/statements/table_elements.h"
#include "support/quote.h"

namespace schemadiff {
namespace {

bool IsMaterializedView(const Statement& statement) { return statement.node.Text("objtype") == "OBJECT_MATVIEW"; }

// The query stands between AS and WITH [NO] DATA.
TokenRange MaterializedQueryRange(const Statement& statement) {
  const Tokens& tokens = statement.file->tokens();
  TokenRange range{tokens.Find(statement.token_begin, statement.token_end, "as") + 1, statement.token_end};
  const std::size_t last = range.end - 1;
  if (tokens.Is(last, "data")) {
    if (tokens.Is(last - 1, "with")) range.end = last - 1;
    if (tokens.Is(last - 1, "no") && tokens.Is(last - 2, "with")) range.end = last - 2;
  }
  return range;
}

Outcome CreateMaterializedView(Interpreter& in, const Statement& statement) {
  const Node into = statement.node["into"];
  if (!IsMaterializedView(statement)) return CreateTableAs(in, statement);
  const QualifiedName name = in.NewName(statement, into["rel"]);
  const TokenRange range = MaterializedQueryRange(statement);
  std::vector<Edge> edges;
  MaterializedView view{
      .column_names = Strings(into["colNames"]),
      .query = MakeExpression(in, statement, statement.node["query"], range.begin, range.end, {}, edges),
      .access_method = AccessMethodIn(statement, into.Text("accessMethod")),
      .tablespace = TablespaceIn(statement, into.Text("tableSpaceName")),
      .options = ParseOptions(into["options"]),
      .populated = !into.Bool("skipData")};
  Object object =
      in.NewObject(statement, -1, ObjectId::Of(ObjectKind::kMaterializedView, name.schema, name.name), std::move(view));
  object.edges = std::move(edges);
  in.Create(statement, std::move(object));
  return Outcome::kDone;
}

// A dump with data creates it empty, and fills it at its end.
Outcome Refresh(Interpreter& in, const Statement& statement) {
  const ObjectId id = in.FindRelation(statement, statement.node["relation"]);
  if (!id || id.kind() != ObjectKind::kMaterializedView) {
    return in.Waiting(statement, statement.node["relation"].Location(), "materialized view",
                      Join(RelationParts(statement.node["relation"]), "."));
  }
  in.schema().Find(id)->As<MaterializedView>().populated = !statement.node.Bool("skipData");
  return Outcome::kDone;
}

std::vector<QualifiedName> DeclaredName(const Interpreter& in, const Statement& statement) {
  if (!IsMaterializedView(statement)) return {};
  return {in.NameForCreation(statement, RelationParts(statement.node["into"]["rel"]))};
}

}  // namespace

template <>
void RegisterStatements<MaterializedView>(StatementRegistry& registry) {
  registry.statements["CreateTableAsStmt"] = CreateMaterializedView;
  registry.statements["RefreshMatViewStmt"] = Refresh;
  for (const NameSpace space : {NameSpace::kRelation, NameSpace::kType}) {
    registry.declarations.emplace("CreateTableAsStmt",
                                  StatementRegistry::Declaration{space, ObjectKind::kMaterializedView, DeclaredName});
  }
  registry.locators["OBJECT_MATVIEW"] = LocateRelation<ObjectKind::kMaterializedView>;
}

}  // namespace schemadiff
