#include <algorithm>

#include "model/implicit_names.h"
#include "parser/expression_names.h"
#include "parser/expressions.h"
#include "parser/references.h"
#include "parser/statements/partition_index.h"
#include "parser/statements/table_elements.h"
#include "parser/types.h"
#include "support/quote.h"

namespace schemadiff {
namespace {

// None stands twice: `a`, `a1` (src/backend/commands/indexcmds.c, ChooseIndexColumnNames()).
std::vector<std::string> KeyNames(Node params) {
  std::vector<std::string> names;
  for (const Node item : params.Items()) {
    const Node element = item["IndexElem"];
    std::string name = element["name"] ? std::string(element.Text("name")) : NameOfExpression(element["expr"]);
    if (name.empty()) name = "expr";
    std::string candidate = name;
    for (int i = 1; std::ranges::contains(names, candidate); ++i) candidate = name + std::to_string(i);
    names.push_back(std::move(candidate));
  }
  return names;
}

Outcome CreateIndex(Interpreter& in, const Statement& statement) {
  const Node node = statement.node;
  const ObjectId table = in.FindRelation(statement, node["relation"]);
  if (!table) {
    return in.Waiting(statement, node["relation"].Location(), "relation", node["relation"].Text("relname"));
  }
  const Tokens& tokens = statement.file->tokens();
  std::size_t open = tokens.At(static_cast<std::size_t>(node["relation"].Location()));
  while (tokens.Text(open) != "(") ++open;
  const std::size_t close = tokens.Close(open);
  std::vector<Edge> edges;
  Index index{.unique = node.Bool("unique"),
              .access_method = std::string(node.Text("accessMethod")),
              .elements = IndexElements(in, statement, node["indexParams"].Items(),
                                        tokens.SplitAtCommas(open + 1, close), table, edges),
              .nulls_not_distinct = node.Bool("nulls_not_distinct"),
              .options = ParseOptions(node["options"]),
              .tablespace = TablespaceIn(statement, node.Text("tableSpace"))};
  if (index.access_method.empty()) index.access_method = "btree";
  for (const Node item : node["indexIncludingParams"].Items()) {
    index.include.emplace_back(item["IndexElem"].Text("name"));
  }
  AddColumnEdges(table, index.include, edges);
  if (node["whereClause"]) {
    const std::size_t where = tokens.Find(close + 1, statement.token_end, "where");
    index.predicate = MakeExpression(in, statement, node["whereClause"], where + 1, statement.token_end, table, edges);
  }
  std::vector<std::string> key_names = KeyNames(node["indexParams"]);
  if (!std::ranges::equal(key_names, index.elements, {}, {}, &IndexElement::column)) {
    index.key_names = std::move(key_names);
  }
  std::string name(node.Text("idxname"));
  if (name.empty()) {
    name = IndexName(table.name(), index,
                     [&](const std::string& candidate) { return in.IsRelationTaken(table.schema(), candidate); });
  }
  Object object = in.NewObject(statement, -1, ObjectId::Member(ObjectKind::kIndex, table, name), std::move(index));
  object.edges = std::move(edges);
  object.only = !node["relation"].Bool("inh");
  const Object* created = in.Create(statement, std::move(object));
  if (created != nullptr && !created->only) TakeParts(in, created->id);
  return Outcome::kDone;
}

// The name of an index finds the constraint that it is behind, too.
ObjectId LocateIndex(Interpreter& in, const Statement& statement, Node object) {
  return object.As("List") ? in.FindRelation(statement, Strings(object)) : in.FindRelation(statement, object);
}

}  // namespace

// ALTER INDEX parent ATTACH PARTITION child.
Outcome AttachPartitionOfIndex(Interpreter& in, const Statement& statement, ObjectId parent, Node command) {
  const Node name = command["def"]["PartitionCmd"]["name"];
  const ObjectId child = in.FindRelation(statement, name);
  if (!child) return in.Waiting(statement, name.Location(), "index", name.Text("relname"));
  AttachPart(in, child, parent);
  return Outcome::kDone;
}

std::vector<IndexElement> IndexElements(Interpreter& in, const Statement& statement, const std::vector<Node>& items,
                                        const std::vector<std::pair<std::size_t, std::size_t>>& ranges, ObjectId table,
                                        std::vector<Edge>& edges) {
  std::vector<IndexElement> elements;
  for (std::size_t i = 0; i < items.size(); ++i) {
    const Node node = items[i]["IndexElem"];
    IndexElement element{
        .column = std::string(node.Text("name")),
        .collation = ResolveCollation(in, statement, node["collation"], edges),
        .operator_class = ResolveReference(in, statement, NameSpace::kOperatorClass, Strings(node["opclass"]), edges),
        .operator_class_options = ParseOptions(node["opclassopts"]),
        .descending = node.Text("ordering") == "SORTBY_DESC"};
    const std::string_view nulls = node.Text("nulls_ordering");
    element.nulls_first = nulls == "SORTBY_NULLS_FIRST" || (nulls != "SORTBY_NULLS_LAST" && element.descending);
    if (node["expr"] && i < ranges.size()) {
      const TokenRange range = KeyExpression(statement.file->tokens(), ranges[i].first, ranges[i].second);
      element.expression = MakeExpression(in, statement, node["expr"], range.begin, range.end, table, edges);
    } else {
      AddColumnEdges(table, {element.column}, edges);
    }
    elements.push_back(std::move(element));
  }
  return elements;
}

template <>
void RegisterStatements<Index>(StatementRegistry& registry) {
  registry.statements["IndexStmt"] = CreateIndex;
  registry.locators["OBJECT_INDEX"] = LocateIndex;
}

}  // namespace schemadiff
