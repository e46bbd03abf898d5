#include "parser/temporary.h"

#include <algorithm>
#include <array>

namespace schemadiff {
namespace {

constexpr std::string_view kTemporarySchema = "pg_temp";

// The relation that a statement creates; null when it creates none.
Node CreatedBy(std::string_view type, Node statement) {
  if (type == "CreateStmt") return statement["relation"];
  if (type == "ViewStmt") return statement["view"];
  if (type == "CreateSeqStmt") return statement["sequence"];
  return IntoClauseOf(type, statement)["rel"];
}

// How many names at the end of a list belong to a part of the relation, not to itself; -1 where none is named.
int PartNames(std::string_view object_type) {
  constexpr auto kRelations =
      std::to_array<std::string_view>({"OBJECT_TABLE", "OBJECT_VIEW", "OBJECT_SEQUENCE", "OBJECT_INDEX"});
  constexpr auto kParts = std::to_array<std::string_view>(
      {"OBJECT_COLUMN", "OBJECT_TABCONSTRAINT", "OBJECT_TRIGGER", "OBJECT_RULE", "OBJECT_POLICY"});
  if (std::ranges::contains(kRelations, object_type)) return 0;
  return std::ranges::contains(kParts, object_type) ? 1 : -1;
}

// The relation that the list of an object speaks of; empty when it is none.
std::vector<std::string> RelationIn(Node object, std::string_view object_type) {
  const int part_names = PartNames(object_type);
  if (part_names < 0 || !object.As("List")) return {};
  std::vector<std::string> names = Strings(object);
  names.resize(names.size() - std::min<std::size_t>(names.size(), static_cast<std::size_t>(part_names)));
  return names;
}

}  // namespace

// src/backend/parser/analyze.c, transformOptionalSelectInto(): of a set operation, the first SELECT has it.
Node IntoClauseOf(std::string_view type, Node statement) {
  if (type == "CreateTableAsStmt") return statement["into"];
  if (type != "SelectStmt") return {};
  while (const Node left = statement["larg"]) statement = left;
  return statement["intoClause"];
}

Lifetime TemporaryObjects::Take(std::string_view type, Node statement) {
  if (type == "TransactionStmt") TakeTransaction(statement);
  if (type == "DiscardStmt" && statement.Text("target") != "DISCARD_PLANS") names_.clear();
  const Node created = CreatedBy(type, statement);
  // A view of what is temporary is temporary itself (src/backend/commands/view.c, DefineView()).
  if (created && (created.Text("relpersistence") == "t" || created.Text("schemaname") == kTemporarySchema ||
                  (type == "ViewStmt" && AreIn(statement["query"])))) {
    const bool on_commit = statement.Text("oncommit") == "ONCOMMIT_DROP" ||
                           IntoClauseOf(type, statement).Text("onCommit") == "ONCOMMIT_DROP";
    return Make(created, on_commit);
  }
  if (type == "CreateStmt" && AreIn(statement["tableElts"])) return Lifetime::kBoth;
  if (created || type == "SelectStmt") return Lifetime::kLasting;
  if (type == "DropStmt" || type == "GrantStmt") return TakeListed(statement);
  if (type == "CommentStmt" || type == "SecLabelStmt") {
    return IsCommented(statement) ? Lifetime::kSession : Lifetime::kLasting;
  }
  // The body of a function may name what is there when it runs.
  const bool is_function = type == "CreateFunctionStmt";
  if (!(is_function ? Is(Strings(statement["funcname"])) : AreIn(statement))) return Lifetime::kLasting;
  if (type == "IndexStmt" && statement["idxname"]) names_.emplace(statement.Text("idxname"));
  if (type == "RenameStmt") Rename(statement);
  return Lifetime::kSession;
}

// Manual: CREATE TABLE, ON COMMIT. Outside of BEGIN a table would be dropped as soon as it is made, which nobody means:
// such a file is run in one transaction as a whole, as flyway and golang-migrate do.
Lifetime TemporaryObjects::Make(Node relation, bool dropped_on_commit) {
  const std::string name(relation.Text("relname"));
  names_.insert(name);
  if (dropped_on_commit) until_commit_.insert(name);
  return Lifetime::kSession;
}

Lifetime TemporaryObjects::TakeListed(Node statement) {
  const std::string_view type = statement.Text("removeType");  // Of DROP alone.
  std::size_t temporary = 0;
  for (const Node object : statement["objects"].Items()) {
    const std::vector<std::string> relation = RelationIn(object, type);
    if (!Is(relation) && !AreIn(object)) continue;
    ++temporary;
    if (!relation.empty() && PartNames(type) == 0) names_.erase(relation.back());
  }
  if (temporary == 0) return Lifetime::kLasting;
  return temporary == statement["objects"].Count() ? Lifetime::kSession : Lifetime::kBoth;
}

void TemporaryObjects::TakeTransaction(Node statement) {
  if (statement.Text("kind") != "TRANS_STMT_COMMIT") return;
  for (const std::string& name : until_commit_) names_.erase(name);
  until_commit_.clear();
}

bool TemporaryObjects::Is(Node relation) const {
  const Node schema = relation["schemaname"];
  return schema ? schema.AsText() == kTemporarySchema : names_.contains(relation.Text("relname"));
}

bool TemporaryObjects::Is(const std::vector<std::string>& name) const {
  if (name.size() == 1) return names_.contains(name.front());
  return name.size() == 2 && name.front() == kTemporarySchema;
}

// Whether something within a statement names a temporary relation, or anything in the schema of such things.
bool TemporaryObjects::AreIn(Node node) const {
  if (const Node relation = node["RangeVar"]) return Is(relation);
  if (node["relname"]) return Is(node);
  if (const Node with = node["withClause"]) {
    TemporaryObjects without = *this;
    for (const Node item : with["ctes"].Items()) {
      const Node name = item["CommonTableExpr"]["ctename"];
      without.names_.erase(std::string(name.AsText()));
    }
    return without.AnyMemberIn(node);
  }
  const std::vector<Node> items = node.Items();
  if (items.size() > 1 && items.front()["String"].Text("sval") == kTemporarySchema) return true;
  if (std::ranges::any_of(items, [&](Node item) { return AreIn(item); })) return true;
  return AnyMemberIn(node);
}

bool TemporaryObjects::AnyMemberIn(Node node) const {
  bool found = false;
  node.ForEachMember([&](std::string_view, Node member) { found = found || AreIn(member); });
  return found;
}

bool TemporaryObjects::IsCommented(Node statement) const {
  return Is(RelationIn(statement["object"], statement.Text("objtype"))) || AreIn(statement["object"]);
}

void TemporaryObjects::Rename(Node statement) {
  if (PartNames(statement.Text("renameType")) != 0) return;
  names_.erase(std::string(statement["relation"].Text("relname")));
  names_.emplace(statement.Text("newname"));
}

}  // namespace schemadiff
