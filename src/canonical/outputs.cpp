#include "canonical/outputs.h"

#include <cstdlib>

#include "canonical/nodes.h"
#include "model/lineage.h"

namespace schemadiff {
namespace {

using namespace nodes;  // NOLINT: the vocabulary of this file
using Value = yyjson_val*;

std::string JsonOf(Value node) {
  char* text = yyjson_val_write(node, 0, nullptr);
  std::string out = text == nullptr ? "" : text;
  std::free(text);
  // Apart from where it stands.
  for (std::size_t at = 0; (at = out.find("\"location\":", at)) != std::string::npos;) {
    const std::size_t end = out.find_first_of(",}", at);
    out.erase(at, end - at);
  }
  return out;
}

const ViewColumn* FindColumn(const std::vector<ViewColumn>& columns, const std::string& name) {
  const auto found = std::ranges::find(columns, name, &ViewColumn::name);
  return found == columns.end() ? nullptr : &*found;
}

}  // namespace

const Columns& Outputs::Of(ObjectId relation) {
  const auto [place, is_new] = known_.try_emplace(relation);
  if (!is_new) return place->second;  // Of a view that depends on itself, nothing is known yet.
  Columns columns;
  if (const Object* object = schema_.Find(relation)) {
    if (HasOwnColumns(relation.kind())) columns = OfTable(relation);
    if (const View* view = object->If<View>()) columns = OfQuery(view->query.Text(), view->column_names);
    if (const MaterializedView* view = object->If<MaterializedView>()) {
      columns = OfQuery(view->query.Text(), view->column_names);
    }
  }
  return known_[relation] = std::move(columns);
}

const Columns& Outputs::Named(std::string_view schema, std::string_view name) {
  static const Columns nothing;
  for (const ObjectKind kind :
       {ObjectKind::kTable, ObjectKind::kView, ObjectKind::kMaterializedView, ObjectKind::kForeignTable}) {
    const ObjectId id = ObjectId::Of(kind, schema, name);
    if (schema_.Contains(id)) return Of(id);
  }
  return nothing;
}

// Those of parents come first, as they do in PostgreSQL.
Columns Outputs::OfTable(ObjectId table) {
  const Object& object = *schema_.Find(table);
  std::vector<ViewColumn> columns;
  std::vector<ObjectId> parents = InheritanceParents(object);
  if (const ObjectId parent = PartitionParent(object)) parents = {parent};
  for (const ObjectId parent : parents) {
    const Columns& theirs = Of(parent);
    if (!theirs) return std::nullopt;
    for (const ViewColumn& column : *theirs) {
      if (FindColumn(columns, column.name) == nullptr) columns.push_back(column);
    }
  }
  if (const Table* attributes = object.If<Table>(); attributes && !attributes->of_type.sql.empty()) return std::nullopt;
  for (const Object* member : schema_.Members(table)) {
    const Column* column = member->If<Column>();
    if (column == nullptr || FindColumn(columns, member->id.name()) != nullptr) continue;
    columns.push_back({member->id.name(), column->type, column->collation});
  }
  return columns;
}

void Outputs::AddSource(std::vector<Source>& sources, Value item) {
  if (Value join = Get(item, "JoinExpr")) {
    AddSource(sources, Get(join, "larg"));
    AddSource(sources, Get(join, "rarg"));
    // What USING and NATURAL merge comes first and once.
    if (Get(join, "usingClause") || Get(join, "isNatural")) sources.push_back({});
  } else if (Value range = Get(item, "RangeVar")) {
    const std::string_view alias = Text(Get(range, "alias"), "aliasname");
    const bool renames = Get(Get(range, "alias"), "colnames") != nullptr;
    sources.push_back({std::string(alias.empty() ? Text(range, "relname") : alias),
                       renames ? Columns() : Named(Text(range, "schemaname"), Text(range, "relname"))});
  } else {
    sources.push_back({});
  }
}

Columns Outputs::OfQuery(const std::string& query, const std::vector<std::string>& names) {
  const SyntaxDocument document = ParseQuery(query);
  Value select = Get(FirstStatement(document), "SelectStmt");
  // The columns of a union are named by its first part; their types follow from all.
  const bool several = Get(select, "larg") != nullptr;
  const std::string whole =
      several ? JsonOf(select) : JsonOf(Get(select, "fromClause")) + JsonOf(Get(select, "withClause"));
  while (Value left = Get(select, "larg")) select = left;
  std::vector<Source> sources;
  std::size_t index = 0;
  std::size_t count = 0;
  Value item = nullptr;
  yyjson_arr_foreach(Get(select, "fromClause"), index, count, item) { AddSource(sources, item); }
  const auto resolve = [&](const std::vector<std::string>& fields) -> const ViewColumn* {
    const ViewColumn* found = nullptr;
    if (several || fields.size() > 2) return nullptr;
    for (const Source& source : sources) {
      if (fields.size() == 2 && source.name != fields.front()) continue;
      if (!source.columns) return nullptr;
      const ViewColumn* column = FindColumn(*source.columns, fields.back());
      if (column != nullptr && found != nullptr) return nullptr;
      if (column != nullptr) found = column;
    }
    return found;
  };
  std::vector<ViewColumn> columns;
  yyjson_arr_foreach(Get(select, "targetList"), index, count, item) {
    Value target = Get(item, "ResTarget");
    Value column_ref = Get(Get(target, "val"), "ColumnRef");
    const std::vector<std::string> fields = column_ref ? FieldsOf(column_ref) : std::vector<std::string>();
    if (!fields.empty() && fields.back() == "*") {
      for (const Source& source : sources) {
        if (fields.size() > 1 && source.name != fields[fields.size() - 2]) continue;
        if (!source.columns) return std::nullopt;
        columns.insert(columns.end(), source.columns->begin(), source.columns->end());
      }
      continue;
    }
    ViewColumn column;
    column.name = TargetName(target);
    const ViewColumn* known = fields.empty() ? nullptr : resolve(fields);
    if (known != nullptr) {
      column.type = known->type;
      column.collation = known->collation;
    } else {
      column.type.sql = JsonOf(Get(target, "val")) + whole;
    }
    columns.push_back(std::move(column));
  }
  for (std::size_t i = 0; i < std::min(names.size(), columns.size()); ++i) columns[i].name = names[i];
  return columns;
}

}  // namespace schemadiff
