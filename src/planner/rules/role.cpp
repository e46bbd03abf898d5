#include "planner/rules.h"
#include "planner/rules/rename.h"

namespace schemadiff {
namespace {

// The options in which a role differs from another; the password apart, which is a secret.
SecretSql ChangedRoleOptions(const Role& before, const Role& after) {
  SecretSql sql;
  const auto flag = [&](bool Role::* member, std::string_view word) {
    if (before.*member != after.*member) sql += fmt::format(" {}{}", after.*member ? "" : "NO", word);
  };
  flag(&Role::superuser, "SUPERUSER");
  flag(&Role::inherit, "INHERIT");
  flag(&Role::create_role, "CREATEROLE");
  flag(&Role::create_database, "CREATEDB");
  flag(&Role::login, "LOGIN");
  flag(&Role::replication, "REPLICATION");
  flag(&Role::bypass_row_security, "BYPASSRLS");
  if (before.connection_limit != after.connection_limit)
    sql += fmt::format(" CONNECTION LIMIT {}", after.connection_limit);
  if (before.password != after.password) {
    sql += " PASSWORD ";
    if (after.password.empty()) {
      sql += "NULL";
    } else {
      sql.AddSecret(after.password);
    }
  }
  if (before.valid_until != after.valid_until) {
    sql += " VALID UNTIL " + QuoteLiteral(after.valid_until.empty() ? "infinity" : after.valid_until);
  }
  return sql;
}

std::string Name(ObjectId id) { return "ROLE " + QuoteIdentifier(id.name()); }

void CreateRole(const Object& object, const PlanContext& context, ActionList& actions) {
  SecretSql sql("CREATE " + Name(object.id));
  sql += ChangedRoleOptions(Role{}, object.As<Role>());
  if (context.roles_may_exist()) {
    SecretSql guarded(
        fmt::format("DO $$BEGIN\n  IF NOT EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = {}) THEN\n    ",
                    QuoteLiteral(object.id.name())));
    guarded += sql;
    guarded += ";\n  END IF;\nEND$$";
    sql = std::move(guarded);
  }
  Action& action = actions.Add(object, Verb::kCreate, sql);
  action.step.undo = "DROP " + Name(object.id);
}

void DropRole(const Object& object, const PlanContext&, ActionList& actions) {
  actions.Add(object, Verb::kDrop, "DROP " + Name(object.id));
}

void SetRoleOptions(const Alteration& alteration, ActionList& actions) {
  const std::string start = "ALTER " + Name(alteration.after.id);
  SecretSql sql(start);
  sql += ChangedRoleOptions(alteration.Before<Role>(), alteration.After<Role>());
  Action& action = actions.Add(alteration.after, Verb::kAlter, sql);
  AddHazard(action, HazardKind::kAccessChange, "what the role may do changes");
  SecretSql undo(start);
  undo += ChangedRoleOptions(alteration.After<Role>(), alteration.Before<Role>());
  SetUndo(action, undo);
}

}  // namespace

template <>
const KindRules& RulesOf<Role>() {
  static constexpr auto fields = std::to_array<FieldRule>({
      {"superuser", SetRoleOptions},
      {"inherit", SetRoleOptions},
      {"create_role", SetRoleOptions},
      {"create_database", SetRoleOptions},
      {"login", SetRoleOptions},
      {"replication", SetRoleOptions},
      {"bypass_row_security", SetRoleOptions},
      {"connection_limit", SetRoleOptions},
      {"valid_until", SetRoleOptions},
      {"password", SetRoleOptions},
  });
  static_assert(Covers<Role>(fields));
  static constexpr KindRules rules{
      .create = CreateRole, .drop = DropRole, .fields = fields, .subject = NamedSubject<"ROLE">};
  return rules;
}

}  // namespace schemadiff
