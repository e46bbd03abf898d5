#include <algorithm>

#include "parser/roles.h"
#include "parser/statements/role_memberships.h"

namespace schemadiff {
namespace {

ObjectId MembershipId(std::string_view role, std::string_view member) {
  return ObjectId::Member(ObjectKind::kRoleMembership, RoleId(role), member);
}

// Empty for the one that connects: what a superuser grants is the first superuser's.
std::optional<std::string> GrantorOf(Interpreter& in, const Statement& statement) {
  if (!statement.node["grantor"]) return statement.role;
  std::optional<std::string> grantor = FindRole(in, statement, statement.node["grantor"]);
  if (grantor && *grantor == ConnectingRole(in)) return std::string();
  return grantor;
}

// Which of ADMIN, INHERIT and SET a statement speaks of; all of them when none.
std::optional<bool> OptionIn(const Statement& statement, std::string_view name) {
  for (const Node item : statement.node["opt"].Items()) {
    if (item["DefElem"].Text("defname") == name) return OptionText(item["DefElem"]["arg"]) == "true";
  }
  return std::nullopt;
}

void Revoke(Interpreter& in, const Statement& statement, ObjectId id, const std::string& grantor) {
  Object* object = in.schema().Find(id);
  if (object == nullptr) return;
  std::vector<RoleGrant>& grants = object->As<RoleMembership>().grants;
  const auto found = std::ranges::find(grants, grantor, &RoleGrant::grantor);
  if (found == grants.end()) return;
  if (statement.node["opt"]) {
    if (OptionIn(statement, "admin")) found->admin = false;
    if (OptionIn(statement, "inherit")) found->inherit = false;
    if (OptionIn(statement, "set")) found->set = false;
    return;
  }
  grants.erase(found);
  if (grants.empty()) in.Forget(id);
}

Outcome GrantOrRevokeRole(Interpreter& in, const Statement& statement) {
  const std::optional<std::vector<std::string>> members = FindRoles(in, statement, statement.node["grantee_roles"]);
  const std::optional<std::string> grantor = GrantorOf(in, statement);
  if (!members || !grantor) return Outcome::kWaiting;
  const std::vector<Node> roles = statement.node["granted_roles"].Items();
  for (const Node item : roles) {
    const std::string_view role = item["AccessPriv"].Text("priv_name");
    if (!IsKnownRole(in, role)) return in.Waiting(statement, -1, "role", role);
  }
  for (const Node item : roles) {
    const std::string role(item["AccessPriv"].Text("priv_name"));
    for (const std::string& member : *members) {
      if (statement.node.Bool("is_grant")) {
        RoleGrant grant{.grantor = *grantor,
                        .admin = OptionIn(statement, "admin").value_or(false),
                        .inherit = OptionIn(statement, "inherit"),
                        .set = OptionIn(statement, "set").value_or(true)};
        GrantMembership(in, statement, role, member, std::move(grant));
      } else {
        Revoke(in, statement, MembershipId(role, member), *grantor);
      }
    }
  }
  return Outcome::kDone;
}

}  // namespace

void GrantMembership(Interpreter& in, const Statement& statement, const std::string& role, const std::string& member,
                     RoleGrant grant) {
  const ObjectId id = MembershipId(role, member);
  // Left open, INHERIT is the member's own (manual: GRANT).
  const Object* declared = in.schema().Find(RoleId(member));
  const std::optional<bool> own = declared ? std::optional(declared->As<Role>().inherit) : std::nullopt;
  Object* object = in.schema().Find(id);
  if (object == nullptr) {
    object = &in.schema().Add(in.NewObject(statement, -1, id, RoleMembership{}));
    object->edges.push_back({RoleId(member)});
  }
  if (!grant.grantor.empty()) object->edges.push_back({MembershipId(role, grant.grantor)});
  std::vector<RoleGrant>& grants = object->As<RoleMembership>().grants;
  const auto found = std::ranges::find(grants, grant.grantor, &RoleGrant::grantor);
  if (found == grants.end()) {
    if (!grant.inherit) grant.inherit = own;
    grants.push_back(std::move(grant));
    std::ranges::sort(grants, {}, &RoleGrant::grantor);
    return;
  }
  if (grant.admin || OptionIn(statement, "admin")) found->admin = grant.admin;
  if (grant.inherit) found->inherit = grant.inherit;
  if (OptionIn(statement, "set")) found->set = grant.set;
}

template <>
void RegisterStatements<RoleMembership>(StatementRegistry& registry) {
  registry.statements["GrantRoleStmt"] = GrantOrRevokeRole;
}

}  // namespace schemadiff
