#include <algorithm>

#include "parser/roles.h"
#include "parser/statements/grant.h"

namespace schemadiff {
namespace {

PrivilegeSet Changed(PrivilegeSet set, AccessChange::Way way, std::uint32_t privileges, bool with_option) {
  if (way == AccessChange::Way::kGrant) {
    set.held |= privileges;
    if (with_option) set.grantable |= privileges;
    return set;
  }
  set.grantable &= ~privileges;
  if (way == AccessChange::Way::kRevoke) set.held &= ~privileges;
  return set;
}

struct Scope {
  std::vector<std::string> roles;
  std::vector<std::string> schemas;  ///< An empty name for all.
};

// Nothing while a role or schema does not exist.
std::optional<Scope> ScopeOf(Interpreter& in, const Statement& statement) {
  Scope scope;
  for (const Node item : statement.node["options"].Items()) {
    const Node option = item["DefElem"];
    const Node list = option["arg"]["List"]["items"];
    if (option.Text("defname") == "schemas") {
      scope.schemas = Strings(list);
      continue;
    }
    std::optional<std::vector<std::string>> roles = FindRoles(in, statement, list);
    if (!roles) return std::nullopt;
    scope.roles = std::move(*roles);
  }
  for (const std::string& schema : scope.schemas) {
    if (in.schema().Contains(ObjectId::Of(ObjectKind::kNamespace, "", schema))) continue;
    in.Waiting(statement, -1, "schema", schema);
    return std::nullopt;
  }
  if (scope.roles.empty()) scope.roles.push_back(RunningRole(in, statement));
  if (scope.schemas.empty()) scope.schemas.emplace_back();
  return scope;
}

// The owner's own privileges carry no grant option: he has it anyway.
void ApplyDefaultPrivileges(Interpreter& in, const Statement& statement, const std::string& role,
                            const std::string& schema, const std::string& grantee) {
  const Node action = statement.node["action"];
  const AclTarget target = AclTargetOf(action.Text("objtype"));
  const ObjectId id = DefaultPrivilegesId(role, schema, target, grantee);
  Object* object = in.schema().Find(id);
  if (object == nullptr) {
    DefaultPrivileges standard{.target = target, .grantee = grantee};
    standard.privileges = DefaultPrivileges::Standard(id, target, grantee, in.names().external().version);
    Object added = in.NewObject(statement, -1, id, std::move(standard));
    for (const std::string& named : {role, grantee}) {
      if (named != "public") added.edges.push_back({RoleId(named)});
    }
    object = &in.schema().Add(std::move(added));
  }
  DefaultPrivileges& defaults = object->As<DefaultPrivileges>();
  defaults.privileges = Changed(defaults.privileges, WayOf(action), PrivilegesIn(in, statement, action, target),
                                action.Bool("grant_option") && grantee != role);
  defaults.history.emplace_back(in.NextPosition(), defaults.privileges);
}

Outcome AlterDefaultPrivileges(Interpreter& in, const Statement& statement) {
  const std::optional<std::vector<std::string>> grantees =
      FindRoles(in, statement, statement.node["action"]["grantees"]);
  const std::optional<Scope> scope = ScopeOf(in, statement);
  if (!grantees || !scope) return Outcome::kWaiting;
  for (const std::string& role : scope->roles) {
    for (const std::string& schema : scope->schemas) {
      for (const std::string& grantee : *grantees) ApplyDefaultPrivileges(in, statement, role, schema, grantee);
    }
  }
  return Outcome::kDone;
}

}  // namespace

template <>
void RegisterStatements<DefaultPrivileges>(StatementRegistry& registry) {
  registry.statements["AlterDefaultPrivilegesStmt"] = AlterDefaultPrivileges;
}

}  // namespace schemadiff
