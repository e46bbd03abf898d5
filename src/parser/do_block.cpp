#include "parser/do_block.h"

#include <fmt/format.h>
#include <pg_query.h>

#include <algorithm>
#include <array>

#include "parser/tokens.h"

namespace schemadiff {
namespace {

bool IsCatalog(Node relation) {
  const std::string_view schema = relation.Text("schemaname");
  return schema == "pg_catalog" || schema == "information_schema" ||
         (schema.empty() && relation.Text("relname").starts_with("pg_"));
}

// Whether a query reads catalogs and nothing else.
bool ReadsCatalogsOnly(Node node) {
  bool only = true;
  const auto visit = [&](auto& self, Node at) -> void {
    if (const Node relation = at["RangeVar"]) only = only && IsCatalog(relation);
    for (const Node item : at.Items()) self(self, item);
    if (at.IsObject()) at.ForEachMember([&](std::string_view, Node member) { self(self, member); });
  };
  visit(visit, node);
  return only;
}

// to_regclass('t') and its like are NULL for what is not there.
Guard GuardOfNullTest(Node test) {
  const std::vector<std::string> name = Strings(test["arg"]["FuncCall"]["funcname"]);
  if (name.empty() || !name.back().starts_with("to_reg")) return Guard::kNone;
  return test.Text("nulltesttype") == "IS_NULL" ? Guard::kUnlessExists : Guard::kIfExists;
}

// EXISTS (...) means that what the statements speak of is there, NOT EXISTS (...) that it is not. Nothing for any other
// condition.
Guard GuardOf(const std::string& condition) {
  const SyntaxTree tree = TreeOf("SELECT " + condition);
  const std::vector<Node> statements = tree.root()["stmts"].Items();
  if (statements.empty()) return Guard::kNone;
  const std::vector<Node> targets = statements[0]["stmt"]["SelectStmt"]["targetList"].Items();
  if (targets.size() != 1) return Guard::kNone;
  Node value = targets[0]["ResTarget"]["val"];
  if (const Node test = value["NullTest"]) return GuardOfNullTest(test);
  Guard guard = Guard::kIfExists;
  if (const Node negation = value["BoolExpr"]; negation && negation.Text("boolop") == "NOT_EXPR") {
    guard = Guard::kUnlessExists;
    value = negation["args"].Items().front();
  }
  const Node link = value["SubLink"];
  const bool exists = link && link.Text("subLinkType") == "EXISTS_SUBLINK" && ReadsCatalogsOnly(link["subselect"]);
  return exists ? guard : Guard::kNone;
}

// The guard that an exception stands for: CREATE of what is there fails with one of the duplicate_*, two at the same
// time with unique_violation.
Guard GuardOfCondition(std::string_view name) {
  if (name.starts_with("duplicate_") || name == "unique_violation") return Guard::kUnlessExists;
  return name.starts_with("undefined_") ? Guard::kIfExists : Guard::kNone;
}

class BlockReader {
 public:
  BlockReader(std::string_view file, std::size_t begin, std::size_t end) : text_(file.substr(0, end)), at_(begin) {}

  bool Read(Node function) { return Block(function["action"]["PLpgSQL_stmt_block"], Guard::kNone); }

  std::vector<GuardedStatement> statements;
  std::string unreadable;

 private:
  bool Refuse(std::string message) {
    unreadable = std::move(message);
    return false;
  }

  bool Block(Node block, Guard guard) {
    for (const Node handler : block["exceptions"]["PLpgSQL_exception_block"]["exc_list"].Items()) {
      const Node exception = handler["PLpgSQL_exception"];
      for (const Node item : exception["conditions"].Items()) {
        const std::string_view name = item["PLpgSQL_condition"].Text("condname");
        const Guard caught = GuardOfCondition(name);
        if (caught == Guard::kNone) return Refuse(fmt::format("it catches `{}`, which may mean anything", name));
        if (guard == Guard::kNone) guard = caught;
      }
      if (!std::ranges::all_of(exception["action"].Items(), IsIdle)) {
        return Refuse("what it does after an exception depends on the database");
      }
    }
    return All(block["body"], guard);
  }

  bool All(Node body, Guard guard) {
    return std::ranges::all_of(body.Items(), [&](Node statement) { return One(statement, guard); });
  }

  // Messages, and the RETURN that every block ends with.
  static bool IsIdle(Node statement) {
    constexpr std::int64_t kError = 21;  // ERROR of src/include/utils/elog.h
    if (const Node raise = statement["PLpgSQL_stmt_raise"]) return raise.Int("elog_level") < kError;
    return static_cast<bool>(statement["PLpgSQL_stmt_return"]);
  }

  bool One(Node statement, Guard guard) {
    if (IsIdle(statement)) return true;
    if (const Node block = statement["PLpgSQL_stmt_block"]) return Block(block, guard);
    if (const Node branch = statement["PLpgSQL_stmt_if"]) return If(branch, guard);
    if (const Node sql = statement["PLpgSQL_stmt_execsql"]) {
      if (sql.Bool("into")) return Refuse("it keeps the result of a query");
      return Take(sql["sqlstmt"]["PLpgSQL_expr"].Text("query"), guard);
    }
    if (const Node sql = statement["PLpgSQL_stmt_dynexecute"]) return Execute(sql, guard);
    return Refuse("it holds more than statements and tests of what exists");
  }

  bool If(Node branch, Guard outer) {
    const Guard guard = GuardOf(std::string(branch["cond"]["PLpgSQL_expr"].Text("query")));
    if (guard == Guard::kNone) return Refuse("its condition is no `[NOT] EXISTS` over the catalogs");
    if (branch["elsif_list"] || branch["else_body"]) return Refuse("which way it takes depends on the database");
    return All(branch["then_body"], outer == Guard::kNone ? guard : outer);
  }

  // EXECUTE of a constant.
  bool Execute(Node execute, Guard guard) {
    const std::string_view query = execute["query"]["PLpgSQL_expr"].Text("query");
    const Tokens tokens(query);
    if (tokens.size() != 1 || tokens[0].kind != Token::Kind::kString || execute["params"] || execute.Bool("into")) {
      return Refuse("it puts a statement together");
    }
    const std::size_t open = query.starts_with('$') ? query.find('$', 1) + 1 : 1;
    if ((!query.starts_with('$') && !query.starts_with('\'')) || query.size() < 2 * open) {
      return Refuse("it puts a statement together");
    }
    return Take(query.substr(open, query.size() - 2 * open), guard);
  }

  // PL/pgSQL keeps statements to the letter: they are found one after the other. Only quotes doubled within a quoted
  // body are not.
  bool Take(std::string_view sql, Guard guard) {
    const std::size_t found = text_.find(sql, at_);
    if (found == std::string_view::npos || sql.find("''") != std::string_view::npos) {
      return Refuse("its quotes are doubled: write it between `$$`");
    }
    at_ = found + sql.size();
    statements.push_back({found, at_, guard});
    return true;
  }

  std::string_view text_;
  std::size_t at_;
};

}  // namespace

SyntaxTree TreeOf(const std::string& sql) {
  const PgQueryParseResult result = pg_query_parse(sql.c_str());
  SyntaxTree tree;
  if (result.error == nullptr) tree = SyntaxTree(result.parse_tree);
  pg_query_free_parse_result(result);
  return tree;
}

std::expected<std::vector<GuardedStatement>, std::string> ReadDoBlock(std::string_view file, std::size_t begin,
                                                                      std::size_t end) {
  const PgQueryPlpgsqlParseResult result = pg_query_parse_plpgsql(std::string(file.substr(begin, end - begin)).c_str());
  SyntaxTree tree;
  std::string unreadable = "it is not PL/pgSQL";
  if (result.error != nullptr) {
    unreadable = result.error->message;
  } else {
    tree = SyntaxTree(result.plpgsql_funcs);
  }
  pg_query_free_plpgsql_parse_result(result);
  const std::vector<Node> functions = tree.root().Items();
  if (functions.size() != 1) return std::unexpected(unreadable);
  BlockReader reader(file, begin, end);
  if (!reader.Read(functions[0]["PLpgSQL_function"])) return std::unexpected(reader.unreadable);
  return std::move(reader.statements);
}

}  // namespace schemadiff
