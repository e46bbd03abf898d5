#include <algorithm>

#include "parser/constraint_names.h"
#include "parser/statements/table_elements.h"

namespace schemadiff {
namespace {

// ADD CONSTRAINT ... USING INDEX: the index becomes the constraint's, and takes its name.
ObjectId AddKeyUsingIndex(Interpreter& in, const Statement& statement, ObjectId table, Node constraint) {
  const ObjectId index_id = ObjectId::Member(ObjectKind::kIndex, table, constraint.Text("indexname"));
  const Object* index = in.schema().Find(index_id);
  if (index == nullptr) {
    in.Error(statement, constraint.Location(),
             "the index `" + std::string(constraint.Text("indexname")) + "` is not declared before this",
             "declare the constraint with its columns instead");
    return {};
  }
  const Index attributes = index->As<Index>();
  Key key{.primary = constraint.Text("contype") == "CONSTR_PRIMARY",
          .include = attributes.include,
          .nulls_not_distinct = attributes.nulls_not_distinct,
          .deferrable = constraint.Bool("deferrable"),
          .initially_deferred = constraint.Bool("initdeferred"),
          .options = attributes.options,
          .tablespace = attributes.tablespace};
  for (const IndexElement& element : attributes.elements) key.columns.push_back(element.column);
  std::vector<Edge> edges = index->edges;
  const std::string name(constraint["conname"] ? constraint.Text("conname") : constraint.Text("indexname"));
  in.Forget(index_id);
  if (key.primary) MarkNotNull(in, table, key.columns);
  const ObjectId id = ObjectId::Member(ObjectKind::kKey, table, name);
  Object object = in.NewObject(statement, constraint.Location(), id, std::move(key));
  object.edges = std::move(edges);
  return in.Create(statement, std::move(object)) ? id : ObjectId();
}

ObjectId AddKey(Interpreter& in, const Statement& statement, ObjectId table, Node constraint, ObjectId column) {
  if (constraint["indexname"]) return AddKeyUsingIndex(in, statement, table, constraint);
  Key key{.primary = constraint.Text("contype") == "CONSTR_PRIMARY",
          .columns = Strings(constraint["keys"]),
          .include = Strings(constraint["including"]),
          .nulls_not_distinct = constraint.Bool("nulls_not_distinct"),
          .deferrable = constraint.Bool("deferrable"),
          .initially_deferred = constraint.Bool("initdeferred"),
          .without_overlaps = constraint.Bool("without_overlaps"),
          .options = ParseOptions(constraint["options"]),
          .tablespace = std::string(constraint.Text("indexspace"))};
  if (column) key.columns = {column.name()};
  if (key.primary) MarkNotNull(in, table, key.columns);
  std::string name(constraint.Text("conname"));
  if (name.empty()) {
    std::vector<std::string> all = key.columns;
    all.insert(all.end(), key.include.begin(), key.include.end());
    name = ChooseName(table.name(), key.primary ? "" : IndexNameAddition(all), key.primary ? "pkey" : "key",
                      [&](const std::string& candidate) {
                        return in.IsRelationTaken(table.schema(), candidate) ||
                               in.IsConstraintTaken(table.schema(), candidate);
                      });
  }
  const ObjectId id = ObjectId::Member(ObjectKind::kKey, table, name);
  std::vector<Edge> edges;
  AddColumnEdges(table, key.columns, edges);
  AddColumnEdges(table, key.include, edges);
  Object object = in.NewObject(statement, constraint.Location(), id, std::move(key));
  object.edges = std::move(edges);
  return in.Create(statement, std::move(object)) ? id : ObjectId();
}

}  // namespace

template <>
void RegisterStatements<Key>(StatementRegistry& registry) {
  registry.constraints["CONSTR_PRIMARY"] = AddKey;
  registry.constraints["CONSTR_UNIQUE"] = AddKey;
}

}  // namespace schemadiff
