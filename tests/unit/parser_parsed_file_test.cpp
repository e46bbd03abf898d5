// Big files are parsed in parts, side by side: nobody may notice.
#include "parser/parsed_file.h"

#include <fmt/format.h>

#include "parser_support.h"

namespace schemadiff::test::parser_parsed_file {
namespace {

// Several parts' worth, with what holds semicolons of its own at every place where a part might begin.
std::string BigText() {
  std::string sql = "CREATE TABLE log (id int, \"größe\" int);\n";
  for (int i = 0; sql.size() < 400'000; ++i) {
    sql += fmt::format(
        "CREATE TABLE t{0} (id bigint PRIMARY KEY, \"größe\" int DEFAULT 7);\n"
        "COMMENT ON TABLE t{0} IS 'Größe; CREATE TABLE no (a int);';\n"
        "CREATE FUNCTION f{0}(n int) RETURNS void BEGIN ATOMIC INSERT INTO log VALUES (n, 1); SELECT n; END;\n",
        i);
  }
  return sql;
}

TEST_CASE("a big file says the same as its statements one by one") {
  const std::string sql = BigText();
  const ParsedFile file(std::make_shared<SourceFile>("big.sql", sql));
  REQUIRE(file.diagnostics().empty());
  std::size_t tables = 0;
  std::size_t previous_end = 0;
  for (const ParsedStatement& statement : file.statements()) {
    CHECK(statement.token_begin >= previous_end);
    CHECK(file.tokens()[statement.token_begin].end > 0);
    const std::string_view first = file.tokens().Text(statement.token_begin);
    CHECK((first == "CREATE" || first == "COMMENT"));
    CHECK(file.tokens().Text(statement.token_end) == ";");
    if (statement.type == "CreateStmt") {
      ++tables;
      const auto at = static_cast<std::size_t>(statement.node["relation"].Location());
      CHECK(sql.compare(at, 1, tables == 1 ? "l" : "t") == 0);
    }
    previous_end = statement.token_end;
  }
  CHECK(file.statements().size() == 3 * (tables - 1) + 1);
}

TEST_CASE("errors of a big file are where they are, each part's first") {
  const std::string sql = BigText();
  const std::size_t lines = static_cast<std::size_t>(std::ranges::count(sql, '\n'));
  CHECK(ErrorsOf(sql + "CREATE TABLE \"größe\" (id int,);\n") ==
        fmt::format("test.sql:{}:30: syntax error at or near \")\"\n", lines + 1));
  CHECK(ErrorsOf("CREATE TABLE first (id int,);\n" + sql) == "test.sql:1:28: syntax error at or near \")\"\n");
}

}  // namespace
}  // namespace schemadiff::test::parser_parsed_file
