#include "parser/statements/settings.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "parser/roles.h"
#include "parser/statements/owners.h"
#include "support/quote.h"

namespace schemadiff {
namespace {

// The name as pg_proc.proconfig has it: parameters are found in any spelling, and three are spelled in mixed case.
std::string SettingName(std::string_view name) {
  if (name == "datestyle") return "DateStyle";
  if (name == "intervalstyle") return "IntervalStyle";
  if (name == "timezone") return "TimeZone";
  return std::string(name);
}

// GUC_LIST_QUOTE of src/backend/utils/misc/guc_tables.c: the elements of these lists are quoted as identifiers.
bool IsQuotedList(std::string_view name) {
  constexpr auto kNames =
      std::to_array<std::string_view>({"local_preload_libraries", "search_path", "session_preload_libraries",
                                       "shared_preload_libraries", "temp_tablespaces", "unix_socket_directories"});
  return std::ranges::find(kNames, name) != kNames.end();
}

std::string SettingValue(Node set) {
  std::vector<std::string> values;
  for (const Node item : set["args"].Items()) {
    const bool quoted = IsQuotedList(set.Text("name")) && item["A_Const"]["sval"];
    values.push_back(quoted ? QuoteIdentifier(OptionText(item)) : OptionText(item));
  }
  return Join(values, ", ");
}

// Applies it to the settings of a role or database, each of which is an object.
void Apply(Interpreter& in, const Statement& statement, const std::string& role, bool in_database) {
  const Node set = statement.node["setstmt"];
  if (set.Text("kind") == "VAR_RESET_ALL") {
    std::vector<ObjectId> all;
    for (const auto& [id, object] : in.schema().OfKind(ObjectKind::kSetting)) {
      if (id == SettingId(id.name(), role, in_database)) all.push_back(id);
    }
    for (const ObjectId id : all) in.schema().Remove(id);
    return;
  }
  Options settings;
  ApplySetting(in, statement, set, -1, settings);
  const std::string name = settings.empty() ? SettingName(set.Text("name")) : settings.begin()->first;
  const ObjectId id = SettingId(name, role, in_database);
  if (settings.empty()) {
    in.schema().Remove(id);
    return;
  }
  Object object = in.NewObject(statement, -1, id, Setting{settings.begin()->second});
  if (!role.empty() && in_database) object.edges.push_back({RoleId(role)});
  in.schema().Add(std::move(object));
}

Outcome SetForRole(Interpreter& in, const Statement& statement) {
  const std::string_view database = statement.node.Text("database");
  if (!database.empty() && IsElsewhere(in, statement, database)) return Outcome::kDone;
  std::optional<std::string> role = std::string();
  if (statement.node["role"]) role = FindRole(in, statement, statement.node["role"]);
  if (!role) return Outcome::kWaiting;
  Apply(in, statement, *role, !database.empty());
  return Outcome::kDone;
}

Outcome SetForDatabase(Interpreter& in, const Statement& statement) {
  if (!IsElsewhere(in, statement, statement.node.Text("dbname"))) Apply(in, statement, "", true);
  return Outcome::kDone;
}

}  // namespace

void ApplySetting(Interpreter& in, const Statement& statement, Node set, std::int64_t offset, Options& settings) {
  const std::string_view kind = set.Text("kind");
  const std::string name = SettingName(set.Text("name"));
  if (kind == "VAR_SET_CURRENT") {
    in.Error(statement, offset, fmt::format("what `SET {} FROM CURRENT` sets depends on the session", name),
             fmt::format("write the value: `SET {} TO ...`", name));
  } else if (kind == "VAR_RESET_ALL") {
    settings.clear();
  } else if (kind == "VAR_SET_VALUE") {
    settings[name] = SettingValue(set);
  } else {  // RESET, and SET ... TO DEFAULT, which is the same.
    settings.erase(name);
  }
}

template <>
void RegisterStatements<Setting>(StatementRegistry& registry) {
  registry.statements["AlterRoleSetStmt"] = SetForRole;
  registry.statements["AlterDatabaseSetStmt"] = SetForDatabase;
}

}  // namespace schemadiff
