#include <fmt/format.h>

#include <algorithm>
#include <unordered_map>

#include "parser/roles.h"
#include "parser/statements/grant.h"
#include "parser/statements/grant_targets.h"
#include "parser/statements/owners.h"

namespace schemadiff {
namespace {

std::uint32_t BitOf(Interpreter& in, const Statement& statement, Node privilege, AclTarget target) {
  const int version = in.names().external().version;
  const std::uint32_t all = AllPrivileges(target, version);
  const std::string_view word = privilege.Text("priv_name");
  if (word.empty()) return all;  // ALL (column, ...)
  const std::uint32_t bit = PrivilegeBit(word);
  // From version 17; earlier ones have no such privilege to give.
  if (bit == PrivilegeBit("maintain") && target == AclTarget::kTable) return bit & all;
  if ((bit & all) == 0) {
    in.Error(statement, -1, fmt::format("there is no privilege `{}` on such an object", word),
             fmt::format("possible are {}", PrivilegeWords(all)));
  }
  return bit & all;
}

// The place where the files say what happens to an object's privileges.
Object& HistoryOf(Interpreter& in, const Statement& statement, const GrantTarget& target) {
  const ObjectId id = ObjectId::Member(ObjectKind::kPrivileges, target.id, "");
  if (Object* found = in.schema().Find(id)) return *found;
  Object object{.id = id, .attributes = Privileges{}};
  object.source = in.Location(statement, -1);
  object.edges = target.edges;
  return in.schema().Add(std::move(object));
}

struct Change {
  AccessChange::Way way = AccessChange::Way::kGrant;
  bool with_option = false;
  std::vector<std::string> grantees;
  std::string by;
};

void Note(Interpreter& in, const Statement& statement, const GrantTarget& target, const Change& change,
          std::uint32_t privileges) {
  if (privileges == 0) return;
  Object& history = HistoryOf(in, statement, target);
  if (!history.annotations) history.annotations = in.ClaimAnnotations(statement, -1);
  for (const std::string& grantee : change.grantees) {
    history.As<Privileges>().changes.push_back({.way = change.way,
                                                .grantee = grantee,
                                                .by = change.by,
                                                .privileges = {privileges, change.with_option ? privileges : 0},
                                                .source = in.Location(statement, -1)});
  }
}

// What is revoked on a table is revoked on its columns (manual: REVOKE).
void NoteOnColumns(Interpreter& in, const Statement& statement, ObjectId table, const Change& change,
                   std::uint32_t privileges) {
  privileges &= AllPrivileges(AclTarget::kColumn, 0);
  std::vector<ObjectId> columns;
  for (const auto& [id, object] : in.schema().OfKind(ObjectKind::kPrivileges)) {
    if (id.parent().kind() == ObjectKind::kColumn && id.parent().parent() == table) {
      columns.push_back(id.parent());
    }
  }
  for (const ObjectId column : columns) Note(in, statement, {column, {}}, change, privileges);
}

void ApplyPrivileges(Interpreter& in, const Statement& statement, const GrantTarget& target, const Change& change) {
  const AclTarget kind = AclTargetOf(target.id.kind());
  const std::uint32_t privileges = PrivilegesIn(in, statement, statement.node, kind);
  Note(in, statement, target, change, privileges);
  if (kind != AclTarget::kTable) return;
  if (change.way != AccessChange::Way::kGrant) NoteOnColumns(in, statement, target.id, change, privileges);
  for (const Node item : statement.node["privileges"].Items()) {
    const Node privilege = item["AccessPriv"];
    for (const std::string& column : Strings(privilege["cols"])) {
      const ObjectId id = ObjectId::Member(ObjectKind::kColumn, target.id, column);
      Note(in, statement, {id, target.edges}, change, BitOf(in, statement, privilege, AclTarget::kColumn));
    }
  }
}

Outcome GrantOrRevoke(Interpreter& in, const Statement& statement) {
  const Node node = statement.node;
  const std::string_view type = node.Text("objtype");
  if (AclTargetOf(type) == AclTarget::kNone || AclTargetOf(type) == AclTarget::kLargeObject) {
    in.Warning(statement, -1, "privileges on large objects and tablespaces are not managed; this is passed over");
    return Outcome::kDone;
  }
  std::optional<std::vector<std::string>> grantees = FindRoles(in, statement, node["grantees"]);
  if (!grantees) return Outcome::kWaiting;
  std::optional<std::string> by = statement.role;
  if (node["grantor"]) by = FindRole(in, statement, node["grantor"]);
  if (!by) return Outcome::kWaiting;
  if (*by == ConnectingRole(in)) by->clear();
  const std::optional<std::vector<GrantTarget>> targets = GrantTargets(in, statement);
  if (!targets) return Outcome::kWaiting;
  const Change change{WayOf(node), node.Bool("is_grant") && node.Bool("grant_option"), std::move(*grantees), *by};
  for (const GrantTarget& target : *targets) ApplyPrivileges(in, statement, target, change);
  return Outcome::kDone;
}

}  // namespace

AclTarget AclTargetOf(std::string_view object_type) {
  static const std::unordered_map<std::string_view, AclTarget> targets = {
      {"OBJECT_TABLE", AclTarget::kTable},
      {"OBJECT_SEQUENCE", AclTarget::kSequence},
      {"OBJECT_FUNCTION", AclTarget::kRoutine},
      {"OBJECT_PROCEDURE", AclTarget::kRoutine},
      {"OBJECT_ROUTINE", AclTarget::kRoutine},
      {"OBJECT_TYPE", AclTarget::kType},
      {"OBJECT_DOMAIN", AclTarget::kType},
      {"OBJECT_SCHEMA", AclTarget::kSchema},
      {"OBJECT_LANGUAGE", AclTarget::kLanguage},
      {"OBJECT_FDW", AclTarget::kForeignDataWrapper},
      {"OBJECT_FOREIGN_SERVER", AclTarget::kForeignServer},
      {"OBJECT_DATABASE", AclTarget::kDatabase},
      {"OBJECT_PARAMETER_ACL", AclTarget::kParameter},
      {"OBJECT_LARGEOBJECT", AclTarget::kLargeObject},
  };
  const auto found = targets.find(object_type);
  return found == targets.end() ? AclTarget::kNone : found->second;
}

std::uint32_t PrivilegesIn(Interpreter& in, const Statement& statement, Node grant, AclTarget target) {
  const std::vector<Node> privileges = grant["privileges"].Items();
  if (privileges.empty()) return AllPrivileges(target, in.names().external().version);
  std::uint32_t bits = 0;
  for (const Node item : privileges) {
    const Node privilege = item["AccessPriv"];
    if (!privilege["cols"]) bits |= BitOf(in, statement, privilege, target);
  }
  return bits;
}

AccessChange::Way WayOf(Node grant) {
  if (grant.Bool("is_grant")) return AccessChange::Way::kGrant;
  return grant.Bool("grant_option") ? AccessChange::Way::kRevokeOption : AccessChange::Way::kRevoke;
}

template <>
void RegisterStatements<Privileges>(StatementRegistry& registry) {
  registry.statements["GrantStmt"] = GrantOrRevoke;
}

}  // namespace schemadiff
