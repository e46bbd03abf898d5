// CREATE TABLE AS and SELECT INTO: manual, CREATE TABLE AS. Columns have the types and collations of what is selected,
// and nothing else of it.
#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "model/lineage.h"
#include "parser/expression_names.h"
#include "parser/statements/table_elements.h"
#include "parser/temporary.h"
#include "parser/types.h"

namespace schemadiff {
namespace {

// A column that is yet without a place of its own.
struct Selected {
  std::string name;
  Column column;
  std::vector<Edge> edges;
};

// A table of FROM, by what its columns are qualified with.
struct FromTable {
  std::string alias;
  ObjectId table;
};

bool IsOfType(ObjectId target) {
  return IsType(target.kind()) || target.kind() == ObjectKind::kCollation || target.kind() == ObjectKind::kExtension;
}

// Reads the columns of a query as far as they can be known from the tables that it names.
class SelectReader {
 public:
  SelectReader(Interpreter& in, const Statement& statement) : in_(in), statement_(statement) {}

  /// Nothing where a column cannot be known; `unknown` is where it stands.
  std::optional<std::vector<Selected>> Read(Node select) {
    if (select["withClause"] || select["valuesLists"] || select["larg"] || !TakeFrom(select["fromClause"])) {
      return std::nullopt;
    }
    std::vector<Selected> columns;
    for (const Node item : select["targetList"].Items()) {
      const Node target = item["ResTarget"];
      unknown = target.Location();
      if (!TakeTarget(target, columns)) return std::nullopt;
    }
    return columns;
  }

  std::int64_t unknown = -1;

 private:
  bool TakeFrom(Node items) {
    return std::ranges::all_of(items.Items(), [&](Node item) { return TakeFromItem(item); });
  }

  // Columns that JOIN merges have a type of their own (manual: "Joined Tables").
  bool TakeFromItem(Node item) {
    if (const Node join = item["JoinExpr"]) {
      if (join["usingClause"] || join.Bool("isNatural") || join["alias"]) return false;
      return TakeFromItem(join["larg"]) && TakeFromItem(join["rarg"]);
    }
    const Node relation = item["RangeVar"];
    if (!relation || relation["alias"]["colnames"]) return false;
    const ObjectId table = in_.FindRelation(statement_, relation);
    if (!table || !HasOwnColumns(table.kind())) return false;
    const Object& object = *in_.schema().Find(table);
    const bool is_typed = object.If<Table>() != nullptr && !object.As<Table>().of_type.sql.empty();
    if (is_typed || PartitionParent(object) || !InheritanceParents(object).empty()) return false;
    const Node alias = relation["alias"];
    from_.push_back({std::string(alias ? alias.Text("aliasname") : relation.Text("relname")), table});
    return true;
  }

  bool TakeTarget(Node target, std::vector<Selected>& columns) {
    const Node value = target["val"];
    const std::string name(target["name"] ? target.Text("name") : NameOfExpression(value));
    if (const Node column = value["ColumnRef"]) {
      const std::vector<Node> fields = column["fields"].Items();
      if (fields.empty() || fields.size() > 2) return false;
      const std::string_view alias = fields.size() == 2 ? fields[0]["String"].Text("sval") : std::string_view();
      if (fields.back()["A_Star"]) return TakeAll(alias, columns);
      return TakeColumn(alias, fields.back()["String"].Text("sval"), name, columns);
    }
    // What is cast may keep a collation of its own.
    const Node cast = value["TypeCast"];
    if (!cast || name.empty() || HasCollations()) return false;
    Selected selected{.name = name};
    selected.column.type = ResolveType(in_, statement_, cast["typeName"], selected.edges);
    columns.push_back(std::move(selected));
    return true;
  }

  bool TakeAll(std::string_view alias, std::vector<Selected>& columns) {
    bool found = false;
    for (const FromTable& from : from_) {
      if (!alias.empty() && alias != from.alias) continue;
      found = true;
      for (const Object* member : in_.schema().Members(from.table)) {
        if (member->id.kind() == ObjectKind::kColumn) columns.push_back(Copied(*member, member->id.name()));
      }
    }
    return found;
  }

  bool TakeColumn(std::string_view alias, std::string_view column, const std::string& name,
                  std::vector<Selected>& columns) {
    for (const FromTable& from : from_) {
      const Object* found = in_.schema().Find(ObjectId::Member(ObjectKind::kColumn, from.table, column));
      if (found == nullptr || (!alias.empty() && alias != from.alias)) continue;
      columns.push_back(Copied(*found, name));
      return true;
    }
    return false;
  }

  bool HasCollations() const {
    return std::ranges::any_of(from_, [&](const FromTable& from) {
      return std::ranges::any_of(in_.schema().Members(from.table), [](const Object* member) {
        const Column* column = member->If<Column>();
        return column != nullptr && !column->collation.empty();
      });
    });
  }

  static Selected Copied(const Object& source, std::string name) {
    const Column& column = source.As<Column>();
    Selected selected{.name = std::move(name), .column = {.type = column.type, .collation = column.collation}};
    std::ranges::copy_if(source.edges, std::back_inserter(selected.edges),
                         [](const Edge& edge) { return IsOfType(edge.target); });
    return selected;
  }

  Interpreter& in_;
  const Statement& statement_;
  std::vector<FromTable> from_;
};

Outcome ReportUnknown(Interpreter& in, const Statement& statement, std::int64_t offset, std::string_view name) {
  in.Error(statement, offset, fmt::format("which columns this gives `{}` cannot be known without running it", name),
           "write `CREATE TABLE` with its columns, and `INSERT INTO ... SELECT`");
  return Outcome::kDone;
}

}  // namespace

Outcome CreateTableAs(Interpreter& in, const Statement& statement) {
  const Node into = IntoClauseOf(statement.type, statement.node);
  if (!in.replays()) {
    in.Error(statement, -1, "`CREATE TABLE AS` takes its columns from rows, which the files do not hold",
             "write `CREATE TABLE` with its columns, or `CREATE MATERIALIZED VIEW`");
    return Outcome::kDone;
  }
  const Node select = statement.type == "SelectStmt" ? statement.node : statement.node["query"]["SelectStmt"];
  const QualifiedName name = in.NewName(statement, into["rel"]);
  // With IF NOT EXISTS the query is of no account where there is a relation of the name.
  const bool may_exist = statement.node.Bool("if_not_exists") || statement.guard == Guard::kUnlessExists;
  if (may_exist && in.IsRelationTaken(name.schema, name.name)) return Outcome::kDone;
  SelectReader reader(in, statement);
  std::optional<std::vector<Selected>> columns = reader.Read(select);
  if (!columns || columns->empty()) return ReportUnknown(in, statement, reader.unknown, name.name);
  const std::vector<std::string> names = Strings(into["colNames"]);
  for (std::size_t i = 0; i < std::min(names.size(), columns->size()); ++i) (*columns)[i].name = names[i];
  const ObjectId id = ObjectId::Of(ObjectKind::kTable, name.schema, name.name);
  Table table{.unlogged = into["rel"].Text("relpersistence") == "u",
              .access_method = AccessMethodIn(statement, into.Text("accessMethod")),
              .tablespace = TablespaceIn(statement, into.Text("tableSpaceName")),
              .options = ParseOptions(into["options"])};
  if (in.Create(statement, in.NewObject(statement, -1, id, std::move(table))) == nullptr) return Outcome::kDone;
  for (Selected& selected : *columns) {
    Object column{.id = ObjectId::Member(ObjectKind::kColumn, id, selected.name),
                  .attributes = std::move(selected.column)};
    column.edges = std::move(selected.edges);
    column.position = in.NextPosition();
    column.source = in.Location(statement, -1);
    in.Create(statement, std::move(column));
  }
  return Outcome::kDone;
}

}  // namespace schemadiff
