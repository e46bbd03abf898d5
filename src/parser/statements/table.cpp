#include <fmt/format.h>

#include <algorithm>

#include "model/lineage.h"
#include "parser/children.h"
#include "parser/expressions.h"
#include "parser/statements/partition_index.h"
#include "parser/statements/table_elements.h"
#include "parser/temporary.h"
#include "parser/types.h"
#include "support/quote.h"

namespace schemadiff {
namespace {

Expression PartitionKey(Interpreter& in, const Statement& statement, Node spec, std::vector<Edge>& edges) {
  const Tokens& tokens = statement.file->tokens();
  std::size_t at = tokens.At(static_cast<std::size_t>(spec.Location()));  // PARTITION BY strategy ( ... )
  std::size_t open = at;
  while (tokens.Text(open) != "(") ++open;
  // Columns of the table come with it; only what expressions call matters.
  const Expression keys = MakeExpression(in, statement, spec["partParams"], open, tokens.Close(open) + 1, {}, edges);
  std::string strategy(tokens.Text(open - 1));
  std::ranges::transform(strategy, strategy.begin(),
                         [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
  return {strategy + " " + keys.sql};
}

// A partition is stored where its parent says, but for what it says itself.
void TakeStorage(const Interpreter& in, Node node, Table& partition) {
  const Object* object = in.schema().Find(partition.partition_of);
  const Table* parent = object == nullptr ? nullptr : object->If<Table>();
  if (parent == nullptr) return;
  if (!node["tablespacename"] && !parent->tablespace.empty()) partition.tablespace = parent->tablespace;
  if (!node["accessMethod"] && !parent->access_method.empty()) partition.access_method = parent->access_method;
}

Outcome CreateTable(Interpreter& in, const Statement& statement) {
  const Node node = statement.node;
  if (WaitForParents(in, statement) == Outcome::kWaiting) return Outcome::kWaiting;
  const QualifiedName name = in.NewName(statement, node["relation"]);
  const ObjectId id = ObjectId::Of(ObjectKind::kTable, name.schema, name.name);
  if (node["relation"].Text("relpersistence") == "t") {
    in.Error(statement, node["relation"].Location(), "a temporary table is no part of a schema", "remove it");
    return Outcome::kDone;
  }
  std::vector<Edge> edges;
  Table table{.unlogged = node["relation"].Text("relpersistence") == "u",
              .access_method = AccessMethodIn(statement, node.Text("accessMethod")),
              .tablespace = TablespaceIn(statement, node.Text("tablespacename")),
              .options = ParseOptions(node["options"])};
  if (node["partspec"]) table.partition_key = PartitionKey(in, statement, node["partspec"], edges);
  for (const Node item : node["inhRelations"].Items()) {
    const ObjectId parent = in.FindRelation(statement, item["RangeVar"]);
    if (!parent) continue;
    edges.push_back({parent});
    if (node["partbound"]) {
      table.partition_of = parent;
      table.partition_bound = PartitionBound(statement, node["partbound"]);
      TakeStorage(in, node, table);
    } else {
      table.inherits.push_back(parent);
    }
  }
  if (node["ofTypename"]) table.of_type = ResolveType(in, statement, node["ofTypename"], edges);
  Object object = in.NewObject(statement, -1, id, std::move(table));
  object.edges = std::move(edges);
  if (in.Create(statement, std::move(object))) {
    AddElements(in, statement, id, node["tableElts"]);
    if (in.replays()) TakeFromParents(in, id);
  }
  return Outcome::kDone;
}

Outcome SetTableOptions(Interpreter& in, const Statement& statement, ObjectId id, Node command) {
  Object& object = *in.schema().Find(id);
  const auto apply = [&](Options& options) {
    for (const auto& [key, value] : ParseOptions(command["def"]["List"]["items"])) {
      if (command.Text("subtype") == "AT_SetRelOptions") {
        options[key] = value;
      } else {
        options.erase(key);
      }
    }
  };
  Visit(
      [&](auto& attributes) {
        if constexpr (requires { attributes.options = Options(); }) apply(attributes.options);
      },
      object.attributes);
  (void)statement;
  return Outcome::kDone;
}

Outcome SetFlag(Interpreter& in, const Statement& statement, ObjectId id, Node command) {
  const std::string_view subtype = command.Text("subtype");
  Object& object = *in.schema().Find(id);
  if (auto* sequence = object.If<Sequence>()) {
    sequence->unlogged = subtype == "AT_SetUnLogged";
    return Outcome::kDone;
  }
  auto* table = object.If<Table>();
  if (table == nullptr) {
    in.Error(statement, -1, fmt::format("`{}` is not a table", id.ToString()));
    return Outcome::kDone;
  }
  if (subtype == "AT_EnableRowSecurity") table->row_security = true;
  if (subtype == "AT_DisableRowSecurity") table->row_security = false;
  if (subtype == "AT_ForceRowSecurity") table->force_row_security = true;
  if (subtype == "AT_NoForceRowSecurity") table->force_row_security = false;
  if (subtype == "AT_SetLogged") table->unlogged = false;
  if (subtype == "AT_SetUnLogged") table->unlogged = true;
  if (subtype == "AT_ClusterOn") table->cluster_on = command.Text("name");
  if (subtype == "AT_DropCluster") table->cluster_on.clear();
  if (subtype == "AT_SetAccessMethod") table->access_method = AccessMethodIn(statement, command.Text("name"));
  return Outcome::kDone;
}

// Of a table, a materialized view or an index, also one behind a key.
Outcome SetTablespace(Interpreter& in, const Statement& statement, ObjectId id, Node command) {
  Visit(
      [&](auto& attributes) {
        if constexpr (requires { attributes.tablespace = std::string(); }) {
          attributes.tablespace = TablespaceIn(statement, command.Text("name"));
        }
      },
      in.schema().Find(id)->attributes);
  return Outcome::kDone;
}

Outcome SetReplicaIdentity(Interpreter& in, const Statement&, ObjectId id, Node command) {
  Table& table = in.schema().Find(id)->As<Table>();
  const Node identity = command["def"]["ReplicaIdentityStmt"];
  const std::string_view type = identity.Text("identity_type");
  table.replica_identity = type == "f" ? "FULL" : type == "n" ? "NOTHING" : type == "i" ? identity.Text("name") : "";
  return Outcome::kDone;
}

Outcome AttachPartition(Interpreter& in, const Statement& statement, ObjectId parent, Node command) {
  const Node partition = command["def"]["PartitionCmd"];
  if (parent.kind() != ObjectKind::kTable) return AttachPartitionOfIndex(in, statement, parent, command);
  const ObjectId child = in.FindRelation(statement, partition["name"]);
  if (!child) {
    return in.Waiting(statement, partition["name"].Location(), "table", partition["name"].Text("relname"));
  }
  if (!MayJoin(in, statement, partition["name"].Location(), child, parent)) return Outcome::kDone;
  in.SetPartition(child, parent, PartitionBound(statement, partition["bound"]));
  in.schema().Find(child)->edges.push_back({parent});
  if (in.replays()) {
    JoinParent(in, child, parent);
  } else {
    TakePartsOf(in, child, parent);
  }
  return Outcome::kDone;
}

Outcome DetachPartition(Interpreter& in, const Statement& statement, ObjectId parent, Node command) {
  const Node name = command["def"]["PartitionCmd"]["name"];
  const ObjectId child = in.FindRelation(statement, name);
  if (!child) return in.Waiting(statement, name.Location(), "table", name.Text("relname"));
  const auto is_column = [](const Object* member) { return member->id.kind() == ObjectKind::kColumn; };
  if (std::ranges::none_of(in.schema().Members(child), is_column)) {
    in.Error(statement, name.Location(),
             fmt::format("`{}` was made as a partition and has no columns of its own", child.ToString()),
             "declare it as a table that was never one, with its columns");
    return Outcome::kDone;
  }
  in.SetPartition(child, {}, {});
  if (in.replays()) {
    LeaveParent(in, child, parent);
  } else {
    DetachParts(in, child);
  }
  std::erase_if(in.schema().Find(child)->edges, [&](const Edge& edge) { return edge.target == parent; });
  return Outcome::kDone;
}

Outcome ChangeInheritance(Interpreter& in, const Statement& statement, ObjectId id, Node command) {
  const Node name = command["def"]["RangeVar"];
  const ObjectId parent = in.FindRelation(statement, name);
  if (!parent) return in.Waiting(statement, name.Location(), "table", name.Text("relname"));
  Object& object = *in.schema().Find(id);
  std::vector<ObjectId>* inherits = MutableInheritanceParents(object);
  if (inherits == nullptr) {
    in.Error(statement, -1, fmt::format("`{}` is not a table", id.ToString()));
    return Outcome::kDone;
  }
  const bool joins = command.Text("subtype") == "AT_AddInherit";
  if (joins && !MayJoin(in, statement, name.Location(), id, parent)) return Outcome::kDone;
  std::erase(*inherits, parent);
  std::erase_if(object.edges, [&](const Edge& edge) { return edge.target == parent; });
  if (joins) {
    inherits->push_back(parent);
    object.edges.push_back({parent});
    in.NoteChild(parent, id);
    if (in.replays()) JoinParent(in, id, parent);
  } else if (in.replays()) {
    LeaveParent(in, id, parent);
  }
  return Outcome::kDone;
}

// A partition's columns and constraints are its parent's: only what differs from them is a fact of its own.
void FinishPartitions(Interpreter& in) {
  std::vector<ObjectId> partitions;
  in.schema().ForEachOfKinds(HasOwnColumns, [&](ObjectId id, const Object& object) {
    if (PartitionParent(object)) partitions.push_back(id);
  });
  for (const ObjectId id : partitions) {
    // A partition of a partition inherits from the topmost table that has the column.
    ObjectId top = id;
    while (const Object* object = in.schema().Find(top)) {
      const ObjectId parent = PartitionParent(*object);
      if (!parent) break;
      top = parent;
    }
    std::vector<ObjectId> doomed;
    for (const Object* member : in.schema().Members(id)) {
      if (const Check* check = member->If<Check>()) {
        const Object* own = in.schema().Find(member->id.WithParent(top));
        if (own && own->As<Check>().expression == check->expression) doomed.push_back(member->id);
      }
      if (member->id.kind() != ObjectKind::kColumn || !member->As<Column>().foreign_options.empty()) continue;
      const ObjectId default_id = ObjectId::Member(ObjectKind::kColumnDefault, member->id, "");
      const Object* own = in.schema().Find(default_id);
      const Object* parents = in.schema().Find(default_id.WithParent(member->id.WithParent(top)));
      if (own && parents && own->As<ColumnDefault>() == parents->As<ColumnDefault>()) doomed.push_back(default_id);
      in.schema().RemoveAlone(member->id);
    }
    for (const ObjectId member : doomed) in.Forget(member);
  }
}

// Of CREATE TABLE AS and SELECT INTO.
std::vector<QualifiedName> NameInInto(const Interpreter& in, const Statement& statement) {
  const Node into = IntoClauseOf(statement.type, statement.node);
  if (!into || statement.node.Text("objtype") == "OBJECT_MATVIEW") return {};
  return {in.NameForCreation(statement, RelationParts(into["rel"]))};
}

ObjectId LocateTable(Interpreter& in, const Statement& statement, Node object) {
  const ObjectId id =
      object.As("List") ? in.FindRelation(statement, Strings(object)) : in.FindRelation(statement, object);
  return id && id.kind() == ObjectKind::kTable ? id : ObjectId();
}

}  // namespace

Expression PartitionBound(const Statement& statement, Node bound) {
  if (bound.Bool("is_default")) return {"DEFAULT"};
  const Tokens& tokens = statement.file->tokens();
  const std::size_t begin = tokens.At(static_cast<std::size_t>(bound.Location()));
  std::size_t end = begin;
  while (tokens.Text(end) != "(") ++end;
  end = tokens.Close(end) + 1;
  if (tokens.Is(end, "to")) end = tokens.Close(end + 1) + 1;
  return {"FOR VALUES " + tokens.Slice(begin, end)};
}

void AddElements(Interpreter& in, const Statement& statement, ObjectId table, Node elements) {
  for (const Node item : elements.Items()) {
    if (const Node column = item["ColumnDef"]) {
      AddColumn(in, statement, table, column);
    } else if (const Node like = item["TableLikeClause"]) {
      CopyLike(in, statement, table, like);
    }
  }
  for (const Node item : elements.Items()) {
    if (const Node constraint = item["Constraint"]) AddConstraint(in, statement, table, constraint, {});
  }
}

Outcome WaitForParents(Interpreter& in, const Statement& statement) {
  const auto missing = [&](Node range_var) {
    return !in.FindRelation(statement, range_var) &&
           in.names().Resolve(NameSpace::kRelation, RelationParts(range_var), *statement.search_path).origin !=
               Resolution::Origin::kExternal;
  };
  for (const Node item : statement.node["tableElts"].Items()) {
    const Node source = item["TableLikeClause"]["relation"];
    if (source && missing(source)) return in.Waiting(statement, source.Location(), "relation", source.Text("relname"));
  }
  for (const Node item : statement.node["inhRelations"].Items()) {
    const Node parent = item["RangeVar"];
    if (missing(parent)) return in.Waiting(statement, parent.Location(), "relation", parent.Text("relname"));
  }
  return Outcome::kDone;
}

std::string TablespaceIn(const Statement& statement, std::string_view given) {
  std::string name = given.empty() ? statement.storage->tablespace : std::string(given);
  return name == "pg_default" ? std::string() : name;
}

std::string AccessMethodIn(const Statement& statement, std::string_view given) {
  std::string name = given.empty() ? statement.storage->access_method : std::string(given);
  return name == "heap" ? std::string() : name;
}

Options ParseOptions(Node def_elems) {
  Options options;
  for (const Node item : def_elems.Items()) {
    const Node element = item["DefElem"];
    std::string key(element.Text("defname"));
    if (element["defnamespace"]) key = fmt::format("{}.{}", element.Text("defnamespace"), key);
    options[key] = OptionText(element["arg"]);
  }
  return options;
}

template <>
void RegisterStatements<Table>(StatementRegistry& registry) {
  registry.statements["CreateStmt"] = CreateTable;
  registry.statements["SelectStmt"] = CreateTableAs;
  for (const NameSpace space : {NameSpace::kRelation, NameSpace::kType}) {
    registry.declarations.emplace("CreateStmt",
                                  StatementRegistry::Declaration{space, ObjectKind::kTable, RelationIn<"relation">});
    for (const char* type : {"CreateTableAsStmt", "SelectStmt"}) {
      registry.declarations.emplace(type, StatementRegistry::Declaration{space, ObjectKind::kTable, NameInInto});
    }
  }
  for (const char* subtype : {"AT_SetRelOptions", "AT_ResetRelOptions"})
    registry.subcommands[subtype] = SetTableOptions;
  for (const char* subtype :
       {"AT_EnableRowSecurity", "AT_DisableRowSecurity", "AT_ForceRowSecurity", "AT_NoForceRowSecurity", "AT_SetLogged",
        "AT_SetUnLogged", "AT_ClusterOn", "AT_DropCluster", "AT_SetAccessMethod"}) {
    registry.subcommands[subtype] = SetFlag;
  }
  registry.subcommands["AT_SetTableSpace"] = SetTablespace;
  registry.subcommands["AT_ReplicaIdentity"] = SetReplicaIdentity;
  registry.subcommands["AT_AttachPartition"] = AttachPartition;
  registry.subcommands["AT_DetachPartition"] = DetachPartition;
  registry.subcommands["AT_AddInherit"] = ChangeInheritance;
  registry.subcommands["AT_DropInherit"] = ChangeInheritance;
  registry.locators["OBJECT_TABLE"] = LocateTable;
  registry.finishers.push_back(FinishPartitions);
}

}  // namespace schemadiff
