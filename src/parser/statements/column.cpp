#include <fmt/format.h>

#include <algorithm>
#include <unordered_map>

#include "model/implicit_names.h"
#include "model/lineage.h"
#include "parser/drop.h"
#include "parser/expressions.h"
#include "parser/follow_names.h"
#include "parser/statements/foreign_options.h"
#include "parser/statements/sequence.h"
#include "parser/statements/table_elements.h"
#include "parser/types.h"
#include "support/quote.h"

namespace schemadiff {
namespace {

std::string_view SerialType(Node type_name) {
  static const std::unordered_map<std::string_view, std::string_view> serials = {
      {"serial", "integer"}, {"serial4", "integer"},      {"bigserial", "bigint"},
      {"serial8", "bigint"}, {"smallserial", "smallint"}, {"serial2", "smallint"},
  };
  const std::vector<std::string> names = Strings(type_name["names"]);
  if (names.size() != 1) return {};
  const auto found = serials.find(names[0]);
  return found == serials.end() ? std::string_view() : found->second;
}

std::int64_t MaxOf(std::string_view type) {
  return type == "smallint" ? INT16_MAX : type == "integer" ? INT32_MAX : INT64_MAX;
}

// serial is an integer with a sequence that the column owns (manual: "Serial Types").
void AddSerial(Interpreter& in, const Statement& statement, ObjectId column, std::string_view type) {
  AddNotNull(in, statement, column);
  const ObjectId table = column.parent();
  const std::string name = ChooseName(table.name(), column.name(), "seq", [&](const std::string& candidate) {
    return in.IsRelationTaken(table.schema(), candidate);
  });
  const ObjectId sequence_id = ObjectId::Of(ObjectKind::kSequence, table.schema(), name);
  Sequence sequence{.type = {std::string(type)}, .owned_by = column};
  sequence.parameters.max_value = MaxOf(type);
  Object object{.id = sequence_id, .attributes = std::move(sequence)};
  object.edges = {{column, EdgeKind::kOwnedBy}};
  object.source = in.Location(statement, -1);
  in.Create(statement, std::move(object));
  const ObjectId default_id = ObjectId::Member(ObjectKind::kColumnDefault, column, "");
  Object value{.id = default_id,
               .attributes = ColumnDefault{
                   {fmt::format("nextval({}::regclass)", QuoteLiteral(QuoteQualified(table.schema(), name)))}}};
  value.edges = {{sequence_id}};
  value.source = in.Location(statement, -1);
  in.schema().Add(std::move(value));
}

Column* FindColumn(Interpreter& in, ObjectId column) {
  Object* object = in.schema().Find(column);
  return object == nullptr ? nullptr : &object->As<Column>();
}

// Whether a table has the column, or may have it from a parent or its type.
bool MayHaveColumn(Interpreter& in, ObjectId column) {
  if (!HasOwnColumns(column.parent().kind()) || in.schema().Contains(column)) return true;
  const Object& table = *in.schema().Find(column.parent());
  const bool typed = table.If<Table>() != nullptr && !table.As<Table>().of_type.sql.empty();
  return PartitionParent(table) || !InheritanceParents(table).empty() || typed;
}

void SetIdentity(Interpreter& in, const Statement& statement, Column& column, ObjectId id, Node constraint) {
  column.identity = constraint.Text("generated_when") == "a" ? Column::Identity::kAlways : Column::Identity::kByDefault;
  AddNotNull(in, statement, id);
  SequenceParameters base;
  base.max_value = MaxOf(column.type.sql);
  column.identity_parameters =
      ParseSequenceParameters(in, statement, constraint["options"], column.type.sql, base, true);
  std::string name;
  for (const Node option : constraint["options"].Items()) {
    if (option["DefElem"].Text("defname") != "sequence_name") continue;
    const QualifiedName given = in.NameForCreation(statement, Strings(option["DefElem"]["arg"]));
    name = QuoteQualified(given.schema, given.name);
  }
  column.identity_sequence = name.empty() ? IdentitySequenceName(in, id) : name;
}

// Where the expression of a column's DEFAULT ends: at the next constraint, at COLLATE, or where the column does.
std::size_t DefaultEnd(const Statement& statement, Node definition, std::int64_t location, std::size_t begin) {
  const Tokens& tokens = statement.file->tokens();
  std::size_t end = tokens.ExpressionEnd(begin, statement.token_end);
  const auto limit = [&](std::int64_t other) {
    if (other > location) end = std::min(end, tokens.At(static_cast<std::size_t>(other)));
  };
  for (const Node item : definition["constraints"].Items()) limit(item["Constraint"].Location());
  if (const Node collation = definition["collClause"]) limit(collation.Location());
  return end;
}

void ApplyInlineConstraint(Interpreter& in, const Statement& statement, ObjectId id, Node definition, Node constraint,
                           ObjectId& last) {
  const std::string_view type = constraint.Text("contype");
  const Tokens& tokens = statement.file->tokens();
  Column& column = *FindColumn(in, id);
  if (type == "CONSTR_NULL") {
    in.Forget(ObjectId::Member(ObjectKind::kNotNull, id, ""));
  } else if (type == "CONSTR_NOTNULL") {
    AddNotNull(in, statement, id,
               {.name = std::string(constraint.Text("conname")), .no_inherit = constraint.Bool("is_no_inherit")},
               constraint.Location());
  } else if (type == "CONSTR_DEFAULT") {
    std::size_t begin = tokens.At(static_cast<std::size_t>(constraint.Location()));
    while (!tokens.Is(begin, "default")) ++begin;
    ++begin;
    SetDefault(in, statement, id, constraint["raw_expr"], begin,
               DefaultEnd(statement, definition, constraint.Location(), begin));
  } else if (type == "CONSTR_IDENTITY") {
    SetIdentity(in, statement, column, id, constraint);
  } else if (type == "CONSTR_GENERATED") {
    const TokenRange range = Parenthesized(statement, constraint.Location(), "as");
    std::vector<Edge> edges;
    column.generation_expression =
        MakeExpression(in, statement, constraint["raw_expr"], range.begin, range.end, id.parent(), edges);
    column.generated =
        constraint.Text("generated_kind") == "v" ? Column::Generated::kVirtual : Column::Generated::kStored;
    std::erase_if(edges, [&](const Edge& edge) { return edge.target == id; });
    std::vector<Edge>& all = in.schema().Find(id)->edges;
    all.insert(all.end(), edges.begin(), edges.end());
  } else if (type.starts_with("CONSTR_ATTR_")) {
    Object* object = last ? in.schema().Find(last) : nullptr;
    if (object == nullptr) return;
    const auto set = [&](auto& attributes) {
      if (type == "CONSTR_ATTR_DEFERRABLE") attributes.deferrable = true;
      if (type == "CONSTR_ATTR_DEFERRED") attributes.deferrable = attributes.initially_deferred = true;
    };
    if (auto* key = object->If<Key>()) set(*key);
    if (auto* foreign = object->If<ForeignKey>()) {
      set(*foreign);
      if (type == "CONSTR_ATTR_NOT_ENFORCED") foreign->enforced = foreign->valid = false;
    }
    if (auto* check = object->If<Check>()) {
      if (type == "CONSTR_ATTR_NOT_ENFORCED") check->enforced = check->valid = false;
    }
  } else {
    last = AddConstraint(in, statement, id.parent(), constraint, id);
  }
}

Outcome WithColumn(Interpreter& in, const Statement& statement, ObjectId table, Node command, Column*& column,
                   ObjectId& id) {
  id = ObjectId::Member(ObjectKind::kColumn, table, command.Text("name"));
  column = HasOwnColumns(table.kind()) ? FindColumn(in, id) : nullptr;
  return column ? Outcome::kDone : in.Waiting(statement, -1, "column", id.ToString());
}

Outcome AddColumnCommand(Interpreter& in, const Statement& statement, ObjectId table, Node command) {
  const Node definition = command["def"]["ColumnDef"];
  if (in.replays()) SettleNames(in, table, std::string(definition.Text("colname")));
  AddColumn(in, statement, table, definition);
  return Outcome::kDone;
}

Outcome DropColumn(Interpreter& in, const Statement& statement, ObjectId table, Node command) {
  const ObjectId id = ObjectId::Member(ObjectKind::kColumn, table, command.Text("name"));
  if (!in.schema().Contains(id)) {
    return command.Bool("missing_ok") ? Outcome::kDone : in.Waiting(statement, -1, "column", id.ToString());
  }
  DropObject(in, id, command.Text("behavior") == "DROP_CASCADE");
  return Outcome::kDone;
}

Outcome AlterType(Interpreter& in, const Statement& statement, ObjectId table, Node command) {
  Column* column = nullptr;
  ObjectId id;
  if (WithColumn(in, statement, table, command, column, id) == Outcome::kWaiting) return Outcome::kWaiting;
  std::vector<Edge> edges;
  column->type = ResolveType(in, statement, command["def"]["ColumnDef"]["typeName"], edges);
  column->collation = ResolveCollation(in, statement, command["def"]["ColumnDef"]["collClause"]["collname"], edges);
  in.schema().Find(id)->edges = std::move(edges);
  return Outcome::kDone;
}

Outcome SetNotNull(Interpreter& in, const Statement& statement, ObjectId table, Node command) {
  const ObjectId id = ObjectId::Member(ObjectKind::kColumn, table, command.Text("name"));
  if (!MayHaveColumn(in, id)) return in.Waiting(statement, -1, "column", id.ToString());
  if (command.Text("subtype") == "AT_SetNotNull") {
    AddNotNull(in, statement, id);
  } else {
    in.Forget(ObjectId::Member(ObjectKind::kNotNull, id, ""));
  }
  return Outcome::kDone;
}

// Several subcommands may share the statement: the SET that is meant follows its column's name.
std::size_t FindSet(const Statement& statement, const std::string& column, std::string_view what) {
  const Tokens& tokens = statement.file->tokens();
  std::size_t at = statement.token_begin;
  for (; at + 2 < statement.token_end; ++at) {
    if (!tokens.Is(at, "set") || !tokens.Is(at + 1, what)) continue;
    const std::vector<std::string> name = NameParts(tokens.Text(at - 1));
    if (!name.empty() && name.front() == column) break;
  }
  return at;
}

Outcome ColumnDefaultCommand(Interpreter& in, const Statement& statement, ObjectId table, Node command) {
  const ObjectId id = ObjectId::Member(ObjectKind::kColumn, table, command.Text("name"));
  if (!MayHaveColumn(in, id)) return in.Waiting(statement, -1, "column", id.ToString());
  if (!command["def"]) {
    in.Forget(ObjectId::Member(ObjectKind::kColumnDefault, id, ""));
    return Outcome::kDone;
  }
  const Tokens& tokens = statement.file->tokens();
  const std::size_t at = FindSet(statement, id.name(), "default");
  SetDefault(in, statement, id, command["def"], at + 2, tokens.ExpressionEnd(at + 2, statement.token_end));
  return Outcome::kDone;
}

Outcome SetColumnText(Interpreter& in, const Statement& statement, ObjectId table, Node command) {
  Column* column = nullptr;
  ObjectId id;
  if (WithColumn(in, statement, table, command, column, id) == Outcome::kWaiting) return Outcome::kWaiting;
  std::string text = OptionText(command["def"]);
  const bool is_storage = command.Text("subtype") == "AT_SetStorage";
  std::ranges::transform(text, text.begin(), [&](unsigned char c) {
    return static_cast<char>(is_storage ? std::toupper(c) : std::tolower(c));
  });
  if (text == "default" || text == "DEFAULT") text.clear();
  (is_storage ? column->storage : column->compression) = text;
  return Outcome::kDone;
}

Outcome SetStatistics(Interpreter& in, const Statement& statement, ObjectId table, Node command) {
  if (table.kind() == ObjectKind::kIndex) {
    if (Object* index = in.schema().Find(table)) {
      const std::string key = fmt::format("{}", command.Int("num"));
      const std::string target = command["def"] ? OptionText(command["def"]) : "-1";
      index->As<Index>().statistics.erase(key);
      if (target != "-1") index->As<Index>().statistics[key] = target;
    }
    return Outcome::kDone;
  }
  Column* column = nullptr;
  ObjectId id;
  if (WithColumn(in, statement, table, command, column, id) == Outcome::kWaiting) return Outcome::kWaiting;
  column->statistics_target = command["def"] ? std::stoll(OptionText(command["def"])) : -1;
  return Outcome::kDone;
}

Outcome SetColumnOptions(Interpreter& in, const Statement& statement, ObjectId table, Node command) {
  Column* column = nullptr;
  ObjectId id;
  if (WithColumn(in, statement, table, command, column, id) == Outcome::kWaiting) return Outcome::kWaiting;
  for (const auto& [key, value] : ParseOptions(command["def"]["List"]["items"])) {
    if (command.Text("subtype") == "AT_SetOptions") {
      column->options[key] = value;
    } else {
      column->options.erase(key);
    }
  }
  return Outcome::kDone;
}

Outcome IdentityCommand(Interpreter& in, const Statement& statement, ObjectId table, Node command) {
  Column* column = nullptr;
  ObjectId id;
  if (WithColumn(in, statement, table, command, column, id) == Outcome::kWaiting) return Outcome::kWaiting;
  const std::string_view subtype = command.Text("subtype");
  if (subtype == "AT_AddIdentity") {
    SetIdentity(in, statement, *column, id, command["def"]["Constraint"]);
  } else if (subtype == "AT_DropIdentity") {
    column->LoseIdentity();
  } else {
    const Node options = command["def"]["List"]["items"];
    for (const Node option : options.Items()) {
      if (option["DefElem"].Text("defname") != "generated") continue;
      column->identity = option["DefElem"]["arg"]["Integer"].Int("ival") == 'a' ? Column::Identity::kAlways
                                                                                : Column::Identity::kByDefault;
    }
    column->identity_parameters =
        ParseSequenceParameters(in, statement, options, column->type.sql, column->identity_parameters, false);
  }
  return Outcome::kDone;
}

// From version 17.
Outcome SetExpression(Interpreter& in, const Statement& statement, ObjectId table, Node command) {
  Column* column = nullptr;
  ObjectId id;
  if (WithColumn(in, statement, table, command, column, id) == Outcome::kWaiting) return Outcome::kWaiting;
  const Tokens& tokens = statement.file->tokens();
  const std::size_t open = FindSet(statement, id.name(), "expression") + 3;
  std::vector<Edge> edges;
  column->generation_expression =
      MakeExpression(in, statement, command["def"], open + 1, tokens.Close(open), table, edges);
  std::erase_if(edges, [&](const Edge& edge) { return edge.target == id; });
  std::vector<Edge>& all = in.schema().Find(id)->edges;
  std::erase_if(all, [&](const Edge& edge) { return edge.target.parent() == table; });
  all.insert(all.end(), edges.begin(), edges.end());
  return Outcome::kDone;
}

Outcome DropExpression(Interpreter& in, const Statement& statement, ObjectId table, Node command) {
  Column* column = nullptr;
  ObjectId id;
  if (WithColumn(in, statement, table, command, column, id) == Outcome::kWaiting) return Outcome::kWaiting;
  column->generated = Column::Generated::kNone;
  column->generation_expression = {};
  return Outcome::kDone;
}

// object: the parts of the table's name, then the column.
ObjectId LocateColumn(Interpreter& in, const Statement& statement, Node object) {
  std::vector<std::string> parts = Strings(object);
  if (parts.size() < 2) return {};
  const std::string column = parts.back();
  parts.pop_back();
  const ObjectId relation = in.FindRelation(statement, parts);
  if (!relation) return {};
  const ObjectId id = ObjectId::Member(ObjectKind::kColumn, relation, column);
  // Columns of views and inherited columns are no objects of their own, but take comments.
  return MayHaveColumn(in, id) ? id : ObjectId();
}

}  // namespace

std::string IdentitySequenceName(const Interpreter& in, ObjectId column) {
  const std::string& schema = column.schema();
  return QuoteQualified(schema, ChooseName(column.parent().name(), column.name(), "seq",
                                           [&](const std::string& name) { return in.IsRelationTaken(schema, name); }));
}

void AddColumn(Interpreter& in, const Statement& statement, ObjectId table, Node definition) {
  const ObjectId id = ObjectId::Member(ObjectKind::kColumn, table, definition.Text("colname"));
  Column column;
  std::vector<Edge> edges;
  const std::string_view serial = SerialType(definition["typeName"]);
  if (!definition["typeName"]) {
    column.type = {};  // A typed table's or a partition's column takes its type from there.
  } else if (serial.empty()) {
    column.type = ResolveType(in, statement, definition["typeName"], edges);
  } else {
    column.type = {std::string(serial)};
  }
  column.collation = ResolveCollation(in, statement, definition["collClause"]["collname"], edges);
  column.storage = definition.Text("storage_name");
  std::ranges::transform(column.storage, column.storage.begin(),
                         [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
  if (column.storage == "DEFAULT") column.storage.clear();
  column.compression = definition.Text("compression");
  if (column.compression == "default") column.compression.clear();
  ApplyForeignOptions(in, statement, definition["fdwoptions"], column.foreign_options);
  if (statement.command && statement.command.Bool("missing_ok") && in.schema().Contains(id)) return;
  Object object = in.NewObject(statement, definition.Location(), id, std::move(column));
  object.edges = std::move(edges);
  if (in.Create(statement, std::move(object)) == nullptr) return;
  if (!serial.empty()) AddSerial(in, statement, id, serial);
  ObjectId last;
  for (const Node item : definition["constraints"].Items()) {
    ApplyInlineConstraint(in, statement, id, definition, item["Constraint"], last);
  }
}

void AddColumnEdges(ObjectId table, const std::vector<std::string>& columns, std::vector<Edge>& edges) {
  for (const std::string& name : columns) edges.push_back({ObjectId::Member(ObjectKind::kColumn, table, name)});
}

template <>
void RegisterStatements<Column>(StatementRegistry& registry) {
  registry.subcommands["AT_AddColumn"] = AddColumnCommand;
  registry.subcommands["AT_DropColumn"] = DropColumn;
  registry.subcommands["AT_AlterColumnType"] = AlterType;
  registry.subcommands["AT_SetNotNull"] = SetNotNull;
  registry.subcommands["AT_DropNotNull"] = SetNotNull;
  registry.subcommands["AT_ColumnDefault"] = ColumnDefaultCommand;
  registry.subcommands["AT_SetStorage"] = SetColumnText;
  registry.subcommands["AT_SetCompression"] = SetColumnText;
  registry.subcommands["AT_SetStatistics"] = SetStatistics;
  registry.subcommands["AT_SetOptions"] = SetColumnOptions;
  registry.subcommands["AT_ResetOptions"] = SetColumnOptions;
  registry.subcommands["AT_AddIdentity"] = IdentityCommand;
  registry.subcommands["AT_SetIdentity"] = IdentityCommand;
  registry.subcommands["AT_DropIdentity"] = IdentityCommand;
  registry.subcommands["AT_SetExpression"] = SetExpression;
  registry.subcommands["AT_DropExpression"] = DropExpression;
  registry.locators["OBJECT_COLUMN"] = LocateColumn;
}

}  // namespace schemadiff
