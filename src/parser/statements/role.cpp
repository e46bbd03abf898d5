#include <fmt/format.h>

#include <array>
#include <chrono>
#include <sstream>

#include "parser/roles.h"
#include "parser/statements/role_memberships.h"

namespace schemadiff {
namespace {

// What PostgreSQL makes of an ISO 8601 time; one without a time zone is taken to be in UTC, whatever the session's.
std::optional<std::string> InUtc(std::string text) {
  if (text.empty() || text == "infinity" || text == "-infinity") return text;
  std::ranges::replace(text, 'T', ' ');
  if (text.ends_with("Z")) text = text.substr(0, text.size() - 1) + "+00";
  if (text.ends_with(" UTC")) text = text.substr(0, text.size() - 4) + "+00";
  constexpr std::size_t kDate = 10;
  if (text.size() == kDate) text += " 00:00:00";
  int offset = 0;
  if (const std::size_t sign = text.find_first_of("+-", kDate); sign != std::string::npos) {
    int hours = 0;
    int minutes = 0;
    if (std::sscanf(text.c_str() + sign + 1, "%2d:%2d", &hours, &minutes) < 1) return std::nullopt;
    offset = (hours * 60 + minutes) * (text[sign] == '-' ? -1 : 1);
    text.resize(sign);
  }
  int year = 0;
  int month = 0;
  int day = 0;
  int hour = 0;
  int minute = 0;
  int second = 0;
  if (std::sscanf(text.c_str(), "%4d-%2d-%2d %2d:%2d:%2d", &year, &month, &day, &hour, &minute, &second) < 5) {
    return std::nullopt;
  }
  const std::chrono::year_month_day date{std::chrono::year(year), std::chrono::month(static_cast<unsigned>(month)),
                                         std::chrono::day(static_cast<unsigned>(day))};
  if (!date.ok()) return std::nullopt;
  const auto time = std::chrono::sys_seconds(std::chrono::sys_days(date)) + std::chrono::hours(hour) +
                    std::chrono::minutes(minute - offset) + std::chrono::seconds(second);
  return std::format("{:%Y-%m-%d %H:%M:%S}+00", time);
}

bool* FlagIn(Role& role, std::string_view option) {
  if (option == "superuser") return &role.superuser;
  if (option == "inherit") return &role.inherit;
  if (option == "createrole") return &role.create_role;
  if (option == "createdb") return &role.create_database;
  if (option == "canlogin") return &role.login;
  if (option == "isreplication") return &role.replication;
  return option == "bypassrls" ? &role.bypass_row_security : nullptr;
}

void ApplyOption(Interpreter& in, const Statement& statement, Node option, Role& role) {
  const std::string_view name = option.Text("defname");
  const Node argument = option["arg"];
  if (bool* flag = FlagIn(role, name)) {
    *flag = OptionText(argument) == "true";
  } else if (name == "connectionlimit") {
    role.connection_limit = argument["Integer"].Int("ival");
  } else if (name == "password") {
    role.password = argument ? OptionText(argument) : "";
  } else if (name == "validUntil") {
    const std::optional<std::string> time = InUtc(OptionText(argument));
    if (time) {
      role.valid_until = *time;
    } else {
      in.Error(statement, option.Location(), fmt::format("`{}` is no time of ISO 8601", OptionText(argument)),
               "write it as `2030-12-31 23:59:59+00`");
    }
  }
}

// The roles of an option that makes some of them members of others; nothing when one is not known.
struct Memberships {
  std::string_view option;
  std::vector<std::string> others;
};
std::optional<std::vector<Memberships>> MembershipsIn(Interpreter& in, const Statement& statement) {
  std::vector<Memberships> all;
  for (const Node item : statement.node["options"].Items()) {
    const Node option = item["DefElem"];
    const std::string_view name = option.Text("defname");
    if (name != "rolemembers" && name != "adminmembers" && name != "addroleto") continue;
    std::optional<std::vector<std::string>> others = FindRoles(in, statement, option["arg"]["List"]["items"]);
    if (!others) return std::nullopt;
    all.push_back({name, std::move(*others)});
  }
  return all;
}

void ApplyRole(Interpreter& in, const Statement& statement, const std::string& role, const Memberships& memberships) {
  const bool joins = memberships.option == "addroleto";
  for (const std::string& other : memberships.others) {
    const std::string& parent = joins ? other : role;
    const std::string& member = joins ? role : other;
    if (statement.node.Int("action") < 0) {  // ALTER GROUP ... DROP USER
      in.Forget(ObjectId::Member(ObjectKind::kRoleMembership, RoleId(parent), member));
    } else {
      GrantMembership(in, statement, parent, member, {.admin = memberships.option == "adminmembers"});
    }
  }
}

Outcome CreateRole(Interpreter& in, const Statement& statement) {
  const std::optional<std::vector<Memberships>> memberships = MembershipsIn(in, statement);
  if (!memberships) return Outcome::kWaiting;
  const ObjectId id = RoleId(statement.node.Text("role"));
  Role role{.login = statement.node.Text("stmt_type") == "ROLESTMT_USER"};
  for (const Node option : statement.node["options"].Items()) ApplyOption(in, statement, option["DefElem"], role);
  if (in.Create(statement, in.NewObject(statement, -1, id, std::move(role))) == nullptr) return Outcome::kDone;
  for (const Memberships& some : *memberships) ApplyRole(in, statement, id.name(), some);
  return Outcome::kDone;
}

Outcome AlterRole(Interpreter& in, const Statement& statement) {
  const std::optional<std::string> name = FindRole(in, statement, statement.node["role"]);
  const std::optional<std::vector<Memberships>> memberships = MembershipsIn(in, statement);
  if (!name || !memberships) return Outcome::kWaiting;
  Object* object = in.schema().Find(RoleId(*name));
  if (object == nullptr) return in.Waiting(statement, -1, "role", *name);
  for (const Node option : statement.node["options"].Items()) {
    ApplyOption(in, statement, option["DefElem"], object->As<Role>());
  }
  for (const Memberships& some : *memberships) ApplyRole(in, statement, *name, some);
  return Outcome::kDone;
}

Outcome DropRole(Interpreter& in, const Statement& statement) {
  for (const Node item : statement.node["roles"].Items()) {
    const ObjectId id = RoleId(item["RoleSpec"].Text("rolename"));
    if (in.schema().Contains(id)) {
      in.Forget(id);
    } else if (in.Waiting(statement, -1, "role", id.name()) == Outcome::kWaiting) {
      return Outcome::kWaiting;
    }
  }
  return Outcome::kDone;
}

// One of the server's, whatever the files declare.
ObjectId LocateRole(Interpreter& in, const Statement&, Node object) {
  const ObjectId id = RoleId(object["String"].Text("sval"));
  return IsKnownRole(in, id.name()) ? id : ObjectId();
}

}  // namespace

template <>
void RegisterStatements<Role>(StatementRegistry& registry) {
  registry.statements["CreateRoleStmt"] = CreateRole;
  registry.statements["AlterRoleStmt"] = AlterRole;
  registry.statements["DropRoleStmt"] = DropRole;
  registry.locators["OBJECT_ROLE"] = LocateRole;
}

}  // namespace schemadiff
