#include "parser/statements/sequence.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "parser/statements/locate.h"
#include "parser/types.h"
#include "support/quote.h"

namespace schemadiff {
namespace {

Node FindOption(Node options, std::string_view name) {
  for (const Node item : options.Items()) {
    if (item["DefElem"].Text("defname") == name) return item["DefElem"];
  }
  return {};
}

std::string TypeOption(Interpreter& in, const Statement& statement, std::string_view otherwise) {
  const Node option = FindOption(statement.node["options"], "as");
  if (!option) return std::string(otherwise);
  std::string type = ArgumentType(in, statement, option["arg"]["TypeName"]);
  if (type != "smallint" && type != "integer" && type != "bigint") {
    in.Error(statement, option.Location(), fmt::format("a sequence cannot be of type `{}`", type),
             "smallint, integer and bigint are possible");
    type = otherwise;
  }
  return type;
}

// The column after OWNED BY: a null id for NONE, nothing while it does not exist. What a table inherits is no column of
// its own here.
std::optional<ObjectId> OwnerIn(Interpreter& in, const Statement& statement, Node option) {
  std::vector<std::string> parts = Strings(option["arg"]);
  if (parts.size() == 1) {
    if (parts[0] != "none") {
      in.Error(statement, option.Location(), fmt::format("`OWNED BY {}` names no column", parts[0]),
               "write `OWNED BY table.column` or `OWNED BY NONE`");
    }
    return ObjectId();
  }
  const std::string column = parts.back();
  parts.pop_back();
  const ObjectId table = in.FindRelation(statement, parts);
  if (!table) {
    in.Waiting(statement, option.Location(), "relation", Join(parts, "."));
    return std::nullopt;
  }
  const ObjectId id = ObjectId::Member(ObjectKind::kColumn, table, column);
  const Table* attributes = in.schema().Find(table)->If<Table>();
  const bool may_inherit = attributes != nullptr && (attributes->partition_of || !attributes->inherits.empty() ||
                                                     !attributes->of_type.sql.empty());
  if (!in.schema().Contains(id) && !may_inherit) {
    in.Waiting(statement, option.Location(), "column", id.ToString());
    return std::nullopt;
  }
  return id;
}

void SetOwner(Object& sequence, ObjectId column) {
  sequence.As<Sequence>().owned_by = column;
  std::erase_if(sequence.edges, [](const Edge& edge) { return edge.kind == EdgeKind::kOwnedBy; });
  if (column) sequence.edges.push_back({column, EdgeKind::kOwnedBy});
}

Outcome CreateSequence(Interpreter& in, const Statement& statement) {
  const Node name_node = statement.node["sequence"];
  if (name_node.Text("relpersistence") == "t") {
    in.Error(statement, -1, "a temporary sequence is no part of a schema", "remove it, or leave out `TEMPORARY`");
    return Outcome::kDone;
  }
  std::optional<ObjectId> owner = ObjectId();
  if (const Node option = FindOption(statement.node["options"], "owned_by")) owner = OwnerIn(in, statement, option);
  if (!owner) return Outcome::kWaiting;
  const QualifiedName name = in.NewName(statement, name_node);
  Sequence sequence{.type = {TypeOption(in, statement, "bigint")}};
  sequence.unlogged = name_node.Text("relpersistence") == "u";
  sequence.parameters = ParseSequenceParameters(in, statement, statement.node["options"], sequence.type.sql, {}, true);
  Object object =
      in.NewObject(statement, -1, ObjectId::Of(ObjectKind::kSequence, name.schema, name.name), std::move(sequence));
  SetOwner(object, *owner);
  in.Create(statement, std::move(object));
  return Outcome::kDone;
}

Outcome AlterSequence(Interpreter& in, const Statement& statement) {
  const Node options = statement.node["options"];
  const std::vector<std::string> parts = RelationParts(statement.node["sequence"]);
  const ObjectId id = in.FindRelation(statement, parts);
  if (!id || id.kind() != ObjectKind::kSequence) {
    if (const ObjectId identity = FindIdentityColumn(in, statement, parts)) {
      Column& column = in.schema().Find(identity)->As<Column>();
      column.identity_parameters =
          ParseSequenceParameters(in, statement, options, column.type.sql, column.identity_parameters, false);
      return Outcome::kDone;
    }
    if (statement.node.Bool("missing_ok")) return Outcome::kDone;
    return in.Waiting(statement, -1, "sequence", Join(parts, "."));
  }
  Object& object = *in.schema().Find(id);
  Sequence& sequence = object.As<Sequence>();
  std::optional<ObjectId> owner = sequence.owned_by;
  if (const Node option = FindOption(options, "owned_by")) owner = OwnerIn(in, statement, option);
  if (!owner) return Outcome::kWaiting;
  const std::string type = TypeOption(in, statement, sequence.type.sql);
  sequence.parameters =
      ParseSequenceParameters(in, statement, options, type, sequence.parameters, false, sequence.type.sql);
  sequence.type.sql = type;
  SetOwner(object, *owner);
  return Outcome::kDone;
}

}  // namespace

ObjectId FindIdentityColumn(const Interpreter& in, const Statement& statement, const std::vector<std::string>& parts) {
  const SearchPath path = parts.size() > 1 ? SearchPath{parts[parts.size() - 2]} : *statement.search_path;
  for (const std::string& schema : path) {
    const std::string name = QuoteQualified(schema, parts.back());
    for (const auto& [id, object] : in.schema().OfKind(ObjectKind::kColumn)) {
      if (object.As<Column>().identity_sequence == name) return id;
    }
  }
  return {};
}

template <>
void RegisterStatements<Sequence>(StatementRegistry& registry) {
  registry.statements["CreateSeqStmt"] = CreateSequence;
  registry.statements["AlterSeqStmt"] = AlterSequence;
  registry.declarations.emplace(
      "CreateSeqStmt",
      StatementRegistry::Declaration{NameSpace::kRelation, ObjectKind::kSequence, RelationIn<"sequence">});
  registry.locators["OBJECT_SEQUENCE"] = LocateRelation<ObjectKind::kSequence>;
}

}  // namespace schemadiff
