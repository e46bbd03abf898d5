#include <algorithm>
#include <optional>

#include "model/implicit_names.h"
#include "parser/statements/partition_index.h"
#include "parser/statements/table_elements.h"

namespace schemadiff {
namespace {

// ADD CONSTRAINT ... USING INDEX: the index becomes the constraint's, and takes its name; a part of a partitioned index
// stays one.
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
  if (key.primary) AddNotNull(in, statement, table, key.columns);
  const ObjectId id = ObjectId::Member(ObjectKind::kKey, table, name);
  Object object = in.NewObject(statement, constraint.Location(), id, std::move(key));
  object.edges = std::move(edges);
  if (in.Create(statement, std::move(object)) == nullptr) return {};
  if (const ObjectId whole = attributes.attached_to) {
    std::erase(in.schema().Find(whole)->edges, Edge{index_id});
    AttachPart(in, id, whole);
  }
  return id;
}

// A key as one statement has it.
struct WrittenKey {
  Node constraint;
  std::vector<std::string> columns;
  bool operator==(const WrittenKey& other) const {
    const auto same = [&](std::string_view flag) { return constraint.Bool(flag) == other.constraint.Bool(flag); };
    return columns == other.columns && Strings(constraint["including"]) == Strings(other.constraint["including"]) &&
           same("nulls_not_distinct") && same("deferrable") && same("initdeferred") && same("without_overlaps");
  }
};

// The keys of CREATE TABLE, or of a column that is added, the primary one first.
std::vector<WrittenKey> KeysOf(const Statement& statement) {
  std::vector<WrittenKey> keys;
  const auto add = [&](Node constraint, Node column) {
    const std::string_view type = constraint.Text("contype");
    if (type != "CONSTR_PRIMARY" && type != "CONSTR_UNIQUE") return;
    WrittenKey key{constraint, column ? std::vector{std::string(column.Text("colname"))} : Strings(constraint["keys"])};
    keys.insert(type == "CONSTR_PRIMARY" ? keys.begin() : keys.end(), std::move(key));
  };
  const auto add_column = [&](Node column) {
    for (const Node item : column["constraints"].Items()) add(item["Constraint"], column);
  };
  add_column(statement.command["def"]["ColumnDef"]);
  for (const Node item : statement.node["tableElts"].Items()) {
    add_column(item["ColumnDef"]);
    if (const Node constraint = item["Constraint"]) add(constraint, {});
  }
  return keys;
}

// Of several keys over the same columns in one statement PostgreSQL makes one, which has the first name that any of
// them has (src/backend/parser/parse_utilcmd.c, transformIndexConstraints). The name, or nothing for one that merges
// into another.
std::optional<std::string> MergedName(const Statement& statement, Node constraint) {
  std::string name(constraint.Text("conname"));
  const std::vector<WrittenKey> keys = KeysOf(statement);
  const auto own =
      std::ranges::find(keys, constraint.Location(), [](const WrittenKey& k) { return k.constraint.Location(); });
  if (own == keys.end()) return name;
  const auto first = std::ranges::find(keys, *own);
  if (first != own) return std::nullopt;
  for (auto it = own; it != keys.end() && name.empty(); ++it) {
    if (*it == *own) name = it->constraint.Text("conname");
  }
  return name;
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
          .tablespace = TablespaceIn(statement, constraint.Text("indexspace"))};
  if (column) key.columns = {column.name()};
  const std::optional<std::string> given = MergedName(statement, constraint);
  if (!given) return {};
  if (key.primary) AddNotNull(in, statement, table, key.columns);
  std::string name = *given;
  if (name.empty()) {
    name = KeyName(table.name(), key, [&](const std::string& candidate) {
      return in.IsRelationTaken(table.schema(), candidate) || in.IsConstraintTaken(table.schema(), candidate);
    });
  }
  const ObjectId id = ObjectId::Member(ObjectKind::kKey, table, name);
  std::vector<Edge> edges;
  AddColumnEdges(table, key.columns, edges);
  AddColumnEdges(table, key.include, edges);
  Object object = in.NewObject(statement, constraint.Location(), id, std::move(key));
  object.edges = std::move(edges);
  object.only = !statement.node["relation"].Bool("inh");
  const Object* created = in.Create(statement, std::move(object));
  if (created == nullptr) return {};
  if (!created->only) TakeParts(in, id);
  return id;
}

}  // namespace

template <>
void RegisterStatements<Key>(StatementRegistry& registry) {
  registry.constraints["CONSTR_PRIMARY"] = AddKey;
  registry.constraints["CONSTR_UNIQUE"] = AddKey;
}

}  // namespace schemadiff
