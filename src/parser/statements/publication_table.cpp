#include "parser/statements/publication_table.h"

#include <algorithm>

#include "model/lineage.h"
#include "parser/expressions.h"
#include "support/quote.h"

namespace schemadiff {
namespace {

std::vector<Node> TablesIn(const Statement& statement) {
  std::vector<Node> tables;
  for (const Node item : statement.node["pubobjects"].Items()) {
    const Node spec = item["PublicationObjSpec"];
    if (spec.Text("pubobjtype") == "PUBLICATIONOBJ_TABLE") tables.push_back(spec["pubtable"]);
  }
  return tables;
}

ObjectId MemberId(ObjectId publication, ObjectId table) {
  return ObjectId::Member(ObjectKind::kPublicationTable, publication, table.ToString());
}

// A table brings along those that inherit from it, unless ONLY says otherwise: they are then as if named themselves.
// What a table that is gone was published by is gone as well.
void FinishTables(Interpreter& in) {
  std::vector<Object> published;
  std::vector<ObjectId> gone;
  for (const auto& [id, object] : in.schema().OfKind(ObjectKind::kPublicationTable)) {
    const auto& table = object.As<PublicationTable>();
    if (!in.schema().Contains(table.table)) gone.push_back(id);
    if (table.with_children) published.push_back(object);
  }
  for (const ObjectId id : gone) in.Forget(id);
  std::unordered_map<ObjectId, std::vector<ObjectId>> children;
  in.schema().ForEachOfKinds(HasOwnColumns, [&](ObjectId id, const Object& object) {
    for (const ObjectId parent : InheritanceParents(object)) children[parent].push_back(id);
  });
  while (!published.empty()) {
    const Object parent = std::move(published.back());
    published.pop_back();
    const ObjectId table = parent.As<PublicationTable>().table;
    for (const ObjectId child : children[table]) {
      Object copy = parent;
      copy.id = MemberId(parent.id.parent(), child);
      if (in.schema().Contains(copy.id)) continue;
      copy.As<PublicationTable>().table = child;
      for (Edge& edge : copy.edges) {
        if (edge.target == table) edge.target = child;
      }
      published.push_back(in.schema().Add(std::move(copy)));
    }
  }
}

}  // namespace

bool TablesExist(Interpreter& in, const Statement& statement) {
  return std::ranges::all_of(TablesIn(statement), [&](Node table) {
    const Node relation = table["relation"];
    if (in.FindRelation(statement, relation)) return true;
    in.Waiting(statement, relation.Location(), "table", Join(RelationParts(relation), "."));
    return false;
  });
}

void AddTables(Interpreter& in, const Statement& statement, ObjectId publication) {
  for (const Node table : TablesIn(statement)) {
    const Node relation = table["relation"];
    const ObjectId id = in.FindRelation(statement, relation);
    PublicationTable published{
        .table = id, .columns = Strings(table["columns"]), .with_children = relation.Bool("inh")};
    std::ranges::sort(published.columns);
    std::vector<Edge> edges = {{id}};
    for (const std::string& column : published.columns) {
      edges.push_back({ObjectId::Member(ObjectKind::kColumn, id, column)});
    }
    if (const Node filter = table["whereClause"]) {
      const TokenRange range = Parenthesized(statement, relation.Location(), "where");
      published.filter = MakeExpression(in, statement, filter, range.begin, range.end, id, edges);
    }
    Object object = in.NewObject(statement, relation.Location(), MemberId(publication, id), std::move(published));
    object.edges = std::move(edges);
    in.Create(statement, std::move(object));
  }
}

void DropTables(Interpreter& in, const Statement& statement, ObjectId publication) {
  for (const Node table : TablesIn(statement)) {
    in.Forget(MemberId(publication, in.FindRelation(statement, table["relation"])));
  }
}

void DropAllTables(Interpreter& in, ObjectId publication) {
  for (const Object* member : in.schema().Members(publication)) {
    if (member->id.kind() == ObjectKind::kPublicationTable) in.Forget(member->id);
  }
}

// They are named in statements about publications.
template <>
void RegisterStatements<PublicationTable>(StatementRegistry& registry) {
  registry.finishers.push_back(FinishTables);
}

}  // namespace schemadiff
