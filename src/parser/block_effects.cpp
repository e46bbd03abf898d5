#include "parser/block_effects.h"

#include <pg_query.h>

#include <algorithm>
#include <array>

namespace schemadiff {
namespace {

// The text between the quotes of a string, or the dollars.
std::string_view WithinQuotes(std::string_view literal) {
  const std::size_t open = literal.starts_with('$') ? literal.find('$', 1) + 1 : literal.find('\'') + 1;
  return literal.substr(std::min(open, literal.size()));
}

// Whether text that EXECUTE is given the beginning of may be DDL.
bool BeginsDdl(std::string_view text) {
  constexpr auto kWords = std::to_array<std::string_view>(
      {"alter", "comment", "create", "drop", "grant", "import", "reassign", "revoke", "security"});
  const Tokens tokens(text);
  if (tokens.Is(0, "create") && (tokens.Is(1, "temp") || tokens.Is(1, "temporary"))) return false;
  return std::ranges::any_of(kWords, [&](std::string_view word) { return tokens.Is(0, word); });
}

class EffectFinder {
 public:
  EffectFinder(const Interpreter& interpreter, TemporaryObjects temporary)
      : interpreter_(interpreter), temporary_(std::move(temporary)) {}

  bool Changes(Node node) {
    if (const Node sql = node["PLpgSQL_stmt_execsql"]) return !sql.Bool("into") && ChangesSql(QueryIn(sql["sqlstmt"]));
    if (const Node sql = node["PLpgSQL_stmt_dynexecute"])
      return !sql.Bool("into") && ChangesBuilt(QueryIn(sql["query"]));
    bool changes = std::ranges::any_of(node.Items(), [&](Node item) { return Changes(item); });
    node.ForEachMember([&](std::string_view, Node member) { changes = changes || Changes(member); });
    return changes;
  }

 private:
  static std::string QueryIn(Node expression) { return std::string(expression["PLpgSQL_expr"].Text("query")); }

  bool ChangesSql(const std::string& sql) {
    const SyntaxTree tree = TreeOf(sql);
    return std::ranges::any_of(tree.root()["stmts"].Items(), [&](Node item) {
      const std::string_view type = StatementType(item["stmt"]);
      const Lifetime lifetime = temporary_.Take(type, item["stmt"].Inner());
      return type != "SelectStmt" && lifetime != Lifetime::kSession &&
             interpreter_.registry().statements.contains(type);
    });
  }

  // What is put together mostly begins with a string; without one it may be anything.
  static bool ChangesBuilt(const std::string& expression) {
    const Tokens tokens(expression);
    bool has_string = false;
    for (std::size_t i = 0; i < tokens.size(); ++i) {
      if (tokens[i].kind != Token::Kind::kString) continue;
      if (BeginsDdl(WithinQuotes(tokens.Text(i)))) return true;
      has_string = true;
    }
    return !has_string;
  }

  const Interpreter& interpreter_;
  TemporaryObjects temporary_;
};

}  // namespace

bool MayChangeSchema(const Interpreter& interpreter, const Statement& block, TemporaryObjects temporary) {
  const Tokens& tokens = block.file->tokens();
  const std::size_t begin = tokens[block.token_begin].start;
  const std::string sql(tokens.text().substr(begin, tokens[block.token_end - 1].end - begin));
  const PgQueryPlpgsqlParseResult result = pg_query_parse_plpgsql(sql.c_str());
  const bool readable = result.error == nullptr;
  const SyntaxTree tree = readable ? SyntaxTree(result.plpgsql_funcs) : SyntaxTree();
  pg_query_free_plpgsql_parse_result(result);
  return !readable || EffectFinder(interpreter, std::move(temporary)).Changes(tree.root());
}

}  // namespace schemadiff
