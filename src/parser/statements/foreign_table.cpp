#include <fmt/format.h>

#include "model/lineage.h"
#include "parser/children.h"
#include "parser/statements/foreign_options.h"
#include "parser/statements/locate.h"
#include "parser/statements/table_elements.h"

namespace schemadiff {
namespace {

std::vector<QualifiedName> NameIn(const Interpreter& in, const Statement& statement) {
  return {in.NameForCreation(statement, RelationParts(statement.node["base"]["relation"]))};
}

Outcome CreateForeignTable(Interpreter& in, const Statement& whole) {
  Statement statement = whole;  // What it has in common with CREATE TABLE.
  statement.node = whole.node["base"];
  if (WaitForParents(in, statement) == Outcome::kWaiting) return Outcome::kWaiting;
  const ObjectId server = ObjectId::Of(ObjectKind::kForeignServer, "", whole.node.Text("servername"));
  if (!in.schema().Contains(server) && !in.names().external().Contains(server)) {
    return in.Waiting(whole, -1, "foreign server", server.name());
  }
  const QualifiedName name = in.NewName(statement, statement.node["relation"]);
  const ObjectId id = ObjectId::Of(ObjectKind::kForeignTable, name.schema, name.name);
  std::vector<Edge> edges = {{server}};
  ForeignTable table{.server = server.name()};
  ApplyForeignOptions(in, statement, whole.node["options"], table.options);
  for (const Node item : statement.node["inhRelations"].Items()) {
    const ObjectId parent = in.FindRelation(statement, item["RangeVar"]);
    if (!parent) continue;
    edges.push_back({parent});
    if (statement.node["partbound"]) {
      table.partition_of = parent;
      table.partition_bound = PartitionBound(statement, statement.node["partbound"]);
    } else {
      table.inherits.push_back(parent);
    }
  }
  Object object = in.NewObject(statement, -1, id, std::move(table));
  object.edges = std::move(edges);
  if (in.Create(statement, std::move(object))) {
    AddElements(in, statement, id, statement.node["tableElts"]);
    if (in.replays()) TakeFromParents(in, id);
  }
  return Outcome::kDone;
}

Outcome SetTableOptions(Interpreter& in, const Statement& statement, ObjectId id, Node command) {
  Object& object = *in.schema().Find(id);
  if (object.If<ForeignTable>() == nullptr) {
    in.Error(statement, -1, fmt::format("`{}` is no foreign table", id.ToString()), "correct the name");
    return Outcome::kDone;
  }
  ApplyForeignOptions(in, statement, command["def"]["List"]["items"], object.As<ForeignTable>().options);
  return Outcome::kDone;
}

// A partition has its columns from its parent; one that has options of its own is a fact.
void TakeFromParent(Interpreter& in, const Statement& statement, ObjectId id) {
  ObjectId top = id.parent();
  while (const Object* object = in.schema().Find(top)) {
    const ObjectId parent = PartitionParent(*object);
    if (!parent) break;
    top = parent;
  }
  const Object* inherited = in.schema().Find(id.WithParent(top));
  if (in.schema().Contains(id) || inherited == nullptr) return;
  Object column{.id = id, .attributes = inherited->attributes, .position = inherited->position};
  column.source = in.Location(statement, -1);
  in.schema().Add(std::move(column));
}

Outcome SetForeignColumnOptions(Interpreter& in, const Statement& statement, ObjectId table, Node command) {
  const ObjectId id = ObjectId::Member(ObjectKind::kColumn, table, command.Text("name"));
  TakeFromParent(in, statement, id);
  Object* column = in.schema().Find(id);
  if (column == nullptr) return in.Waiting(statement, -1, "column", id.ToString());
  ApplyForeignOptions(in, statement, command["def"]["List"]["items"], column->As<Column>().foreign_options);
  return Outcome::kDone;
}

}  // namespace

template <>
void RegisterStatements<ForeignTable>(StatementRegistry& registry) {
  registry.statements["CreateForeignTableStmt"] = CreateForeignTable;
  for (const NameSpace space : {NameSpace::kRelation, NameSpace::kType}) {
    registry.declarations.emplace("CreateForeignTableStmt",
                                  StatementRegistry::Declaration{space, ObjectKind::kForeignTable, NameIn});
  }
  registry.subcommands["AT_AlterColumnGenericOptions"] = SetForeignColumnOptions;
  registry.subcommands["AT_GenericOptions"] = SetTableOptions;
  registry.locators["OBJECT_FOREIGN_TABLE"] = LocateRelation<ObjectKind::kForeignTable>;
}

}  // namespace schemadiff
