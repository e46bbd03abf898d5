#include "parser/session.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "parser/block_effects.h"
#include "parser/temporary.h"

namespace schemadiff {
namespace {

SearchPath PathOf(const std::vector<std::string>& schemas) {
  SearchPath path;
  for (const std::string& schema : schemas) {
    if (schema != "$user" && !schema.empty() && schema != "pg_catalog") path.push_back(schema);
  }
  return path;
}

std::vector<std::string> SplitPath(std::string_view text) {
  std::vector<std::string> parts;
  const Tokens tokens(text);
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    std::string part(tokens.Text(i));
    if (part == ",") continue;
    if (part.size() >= 2 && part.front() == '"') part = part.substr(1, part.size() - 2);
    parts.push_back(part);
  }
  return parts;
}

// The path that a statement sets, if it sets one: SET search_path, or set_config('search_path', ...) as pg_dump has it.
std::optional<SearchPath> PathSetBy(const Statement& statement) {
  if (statement.type == "VariableSetStmt" && statement.node.Text("name") == "search_path") {
    if (statement.node.Text("kind") != "VAR_SET_VALUE") return SearchPath{"public"};
    std::vector<std::string> schemas;
    for (const Node item : statement.node["args"].Items()) schemas.push_back(OptionText(item));
    return PathOf(schemas);
  }
  if (statement.type != "SelectStmt") return std::nullopt;
  for (const Node target : statement.node["targetList"].Items()) {
    const Node call = target["ResTarget"]["val"]["FuncCall"];
    const std::vector<std::string> name = Strings(call["funcname"]);
    if (name.empty() || name.back() != "set_config") continue;
    const std::vector<Node> arguments = call["args"].Items();
    if (arguments.size() == 3 && OptionText(arguments[0]) == "search_path") {
      return PathOf(SplitPath(OptionText(arguments[1])));
    }
  }
  return std::nullopt;
}

// The role that a statement changes to, if it does: SET ROLE, SET SESSION AUTHORIZATION; empty for the one that
// connects.
std::optional<std::string> RoleSetBy(const Statement& statement) {
  if (statement.type != "VariableSetStmt") return std::nullopt;
  const std::string_view name = statement.node.Text("name");
  if (name != "role" && name != "session_authorization") return std::nullopt;
  const std::vector<Node> arguments = statement.node["args"].Items();
  if (statement.node.Text("kind") != "VAR_SET_VALUE" || arguments.empty()) return std::string();
  const std::string role = OptionText(arguments[0]);
  return role == "none" && name == "role" ? std::string() : role;
}

// SET default_tablespace and default_table_access_method.
void SetStorage(const Statement& statement, std::shared_ptr<const StorageDefaults>& storage) {
  const std::string_view name = statement.node.Text("name");
  if (statement.type != "VariableSetStmt" || !name.starts_with("default_ta")) return;
  const std::vector<Node> arguments = statement.node["args"].Items();
  const std::string value = arguments.empty() ? std::string() : OptionText(arguments.front());
  StorageDefaults changed = *storage;
  if (name == "default_tablespace") changed.tablespace = value;
  if (name == "default_table_access_method") changed.access_method = value;
  storage = std::make_shared<const StorageDefaults>(std::move(changed));
}

bool IsSessionOnly(const Statement& statement) {
  constexpr auto kTypes = std::to_array<std::string_view>(
      {"VariableSetStmt", "VariableShowStmt", "TransactionStmt", "DiscardStmt", "ListenStmt", "CheckPointStmt"});
  return std::ranges::find(kTypes, statement.type) != kTypes.end();
}

bool IsData(std::string_view type) {
  constexpr auto kTypes = std::to_array<std::string_view>(
      {"InsertStmt", "UpdateStmt", "DeleteStmt", "MergeStmt", "CopyStmt", "TruncateStmt"});
  return std::ranges::contains(kTypes, type);
}

// What statements say of those after them. SET LOCAL ends with its transaction.
class SessionSettings {
 public:
  const std::shared_ptr<const SearchPath>& path() const { return now_.path; }
  const std::string& role() const { return now_.role; }
  const std::shared_ptr<const StorageDefaults>& storage() const { return now_.storage; }

  /// Whether the statement was one that sets something, or set a path; that goes to `paths`.
  bool Take(const Statement& statement, std::vector<SearchPath>& paths) {
    const bool local = IsLocal(statement);
    if (statement.type == "TransactionStmt" && statement.node.Text("kind") == "TRANS_STMT_COMMIT") now_ = session_;
    SetStorage(statement, now_.storage);
    if (!local) SetStorage(statement, session_.storage);
    if (std::optional<SearchPath> set = PathSetBy(statement)) {
      paths.push_back(*set);
      now_.path = std::make_shared<const SearchPath>(std::move(*set));
      if (!local) session_.path = now_.path;
      return true;
    }
    const std::optional<std::string> role = RoleSetBy(statement);
    if (!role) return false;
    now_.role = *role;
    if (!local) session_.role = *role;
    return true;
  }

 private:
  struct Settings {
    std::shared_ptr<const SearchPath> path = std::make_shared<const SearchPath>(SearchPath{"public"});
    std::string role;
    std::shared_ptr<const StorageDefaults> storage = std::make_shared<const StorageDefaults>();
  };
  static bool IsLocal(const Statement& statement) {
    if (statement.type == "VariableSetStmt") return statement.node.Bool("is_local");
    for (const Node target : statement.node["targetList"].Items()) {
      const std::vector<Node> arguments = target["ResTarget"]["val"]["FuncCall"]["args"].Items();
      if (arguments.size() == 3) return OptionText(arguments[2]) == "true";
    }
    return false;
  }

  Settings now_;
  Settings session_;
};

// Statements that a declared schema cannot hold.
void ReportRun(const Statement& statement, const std::string& unreadable, Interpreter& interpreter) {
  if (statement.type == "DoStmt") {
    interpreter.Error(
        statement, -1, fmt::format("what this `DO` block does cannot be known without running it: {}", unreadable),
        "write the statements that it runs, guarded by `IF [NOT] EXISTS (SELECT ... FROM pg_...)` at most, or keep it"
        " in a revision");
  } else if (IsData(statement.type)) {
    interpreter.Warning(statement, -1, "this statement changes rows, which are no part of a schema; it is passed over",
                        "keep data in a revision or a seed file of its own");
  } else {
    interpreter.Warning(statement, -1,
                        "this statement only runs something, which is no part of a schema; it is passed over",
                        "keep what it does in a revision or a script of its own");
  }
}

// What a table takes from a temporary one is not known here; DROP and GRANT can be written apart.
void ReportMixed(const Statement& statement, Interpreter& interpreter) {
  if (statement.type != "CreateStmt") {
    interpreter.Error(statement, -1, "this names what is temporary together with what is not",
                      "write a statement for each of them");
  } else {
    interpreter.Error(statement, -1, "this takes its columns from a temporary table, which ends with its session",
                      "write the columns");
  }
}

bool RollsBack(const Statement& statement) {
  return statement.type == "TransactionStmt" && statement.node.Text("kind").starts_with("TRANS_STMT_ROLLBACK");
}

}  // namespace

std::vector<SearchPath> ExpandSession(ParsedFile& file, bool is_history, std::vector<Statement>& statements,
                                      Interpreter& interpreter) {
  std::vector<SearchPath> paths;
  SessionSettings settings;
  TemporaryObjects temporary;
  for (const ParsedStatement& parsed : file.statements()) {
    Statement statement{.file = parsed.file,
                        .node = parsed.node,
                        .type = parsed.type,
                        .token_begin = parsed.token_begin,
                        .token_end = parsed.token_end,
                        .search_path = settings.path(),
                        .role = settings.role(),
                        .guard = parsed.guard,
                        .storage = settings.storage()};
    if (settings.Take(statement, paths)) continue;
    const Lifetime lifetime = is_history ? temporary.Take(statement.type, statement.node) : Lifetime::kLasting;
    if (is_history && RollsBack(statement)) {
      interpreter.Error(statement, -1, "what is rolled back here cannot be told from what stays",
                        "remove the statements that come to nothing");
    } else if (lifetime != Lifetime::kLasting) {
      if (lifetime == Lifetime::kBoth) ReportMixed(statement, interpreter);
    } else if (IsRunForItself(statement.type) && !IntoClauseOf(statement.type, statement.node)) {
      if (!is_history) ReportRun(statement, parsed.unreadable, interpreter);
      if (is_history && statement.type == "DoStmt" && MayChangeSchema(interpreter, statement, temporary)) {
        interpreter.Warning(statement, -1,
                            fmt::format("what this `DO` block does to the schema is not known to what replays it: {}",
                                        parsed.unreadable),
                            "write what changes the schema outside of it, guarded by `IF [NOT] EXISTS (SELECT ... FROM "
                            "pg_...)` at most");
      }
    } else if (!IsSessionOnly(statement)) {
      statements.push_back(std::move(statement));
    }
  }
  return paths;
}

bool IsRunForItself(std::string_view type) {
  return type == "SelectStmt" || type == "CallStmt" || type == "DoStmt" || IsData(type);
}

}  // namespace schemadiff
