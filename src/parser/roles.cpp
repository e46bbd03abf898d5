#include "parser/roles.h"

#include "model/access.h"

namespace schemadiff {

std::string RunningRole(const Interpreter& in, const Statement& statement) {
  return statement.role.empty() ? ConnectingRole(in) : statement.role;
}

std::string ConnectingRole(const Interpreter& in) {
  const std::string& user = in.names().external().current_user;
  return user.empty() ? std::string(kRunningRole) : user;
}

// Without a database it cannot be said who is there.
bool IsKnownRole(const Interpreter& in, std::string_view name) {
  const ExternalNames& external = in.names().external();
  return external.current_user.empty() || in.schema().Contains(RoleId(name)) || external.Contains(RoleId(name));
}

std::optional<std::string> FindRole(Interpreter& in, const Statement& statement, Node role) {
  if (role["RoleSpec"]) role = role["RoleSpec"];
  const std::string_view type = role.Text("roletype");
  if (type == "ROLESPEC_PUBLIC") return "public";
  if (type != "ROLESPEC_CSTRING") return RunningRole(in, statement);
  const std::string_view name = role.Text("rolename");
  if (IsKnownRole(in, name)) return std::string(name);
  in.Waiting(statement, role.Location(), "role", name);
  return std::nullopt;
}

std::optional<std::vector<std::string>> FindRoles(Interpreter& in, const Statement& statement, Node list) {
  std::vector<std::string> names;
  for (const Node item : list.Items()) {
    std::optional<std::string> name = FindRole(in, statement, item);
    if (!name) return std::nullopt;
    names.push_back(std::move(*name));
  }
  return names;
}

}  // namespace schemadiff
