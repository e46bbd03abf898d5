#include "parser_support.h"

namespace schemadiff::test::parser_statistics {
namespace {

const std::string kTable = "CREATE TABLE t (b int, a int, c text);";

const Statistics& StatisticsOf(const DesiredState& state, std::string_view name) {
  return Get(state, Public(ObjectKind::kStatistics, name)).As<Statistics>();
}

}  // namespace

TEST_CASE("statistics on columns have every kind unless some are named") {
  const DesiredState state =
      StateOf("CREATE STATISTICS s ON b, (a) FROM t; CREATE STATISTICS m (mcv) ON a, b FROM t;" + kTable);
  const Statistics& all = StatisticsOf(state, "s");
  CHECK(all.columns == std::vector<std::string>{"a", "b"});
  CHECK((all.ndistinct && all.dependencies && all.mcv));
  CHECK(all.target == -1);
  const Statistics& some = StatisticsOf(state, "m");
  CHECK((!some.ndistinct && !some.dependencies && some.mcv));
}

TEST_CASE("statistics on expressions") {
  const DesiredState state = StateOf(kTable +
                                     "CREATE STATISTICS one ON (a % 2) FROM t;"
                                     "CREATE STATISTICS two ON lower(c), (a + b), c FROM t;");
  const Statistics& one = StatisticsOf(state, "one");
  CHECK(one.expressions == std::vector<Expression>{{"a % 2"}});
  CHECK((!one.ndistinct && !one.dependencies && !one.mcv));
  const Statistics& two = StatisticsOf(state, "two");
  CHECK(two.expressions == std::vector<Expression>{{"lower(c)"}, {"a + b"}});
  CHECK(two.columns == std::vector<std::string>{"c"});
  CHECK(two.mcv);
}

TEST_CASE("statistics without a name have the one that PostgreSQL chooses") {
  const DesiredState state = StateOf(kTable +
                                     "CREATE STATISTICS ON b, a FROM t; CREATE STATISTICS ON b, a FROM t;"
                                     "CREATE STATISTICS ON (a % 2), lower(c) FROM t;"
                                     "CREATE TABLE u (LIKE t INCLUDING STATISTICS);");
  for (const char* name : {"t_b_a_stat", "t_b_a_stat1", "t_expr_expr_stat", "u_b_a_stat", "u_expr_expr_stat"}) {
    CHECK(state.schema.Contains(Public(ObjectKind::kStatistics, name)));
  }
  CHECK(StatisticsOf(state, "u_b_a_stat").table == Public(ObjectKind::kTable, "u"));
}

TEST_CASE("statistics are altered, moved and dropped") {
  const std::string sql = kTable + "CREATE STATISTICS s ON a, b FROM t;";
  CHECK(StatisticsOf(StateOf(sql + "ALTER STATISTICS s SET STATISTICS 0"), "s").target == 0);
  CHECK(
      StatisticsOf(StateOf(sql + "ALTER STATISTICS s SET STATISTICS 7; ALTER STATISTICS s SET STATISTICS DEFAULT"), "s")
          .target == -1);
  CHECK(StateOf(sql + "CREATE SCHEMA x; ALTER STATISTICS s SET SCHEMA x")
            .schema.Contains(ObjectId::Of(ObjectKind::kStatistics, "x", "s")));
  CHECK(
      StatisticsOf(StateOf(sql + "ALTER STATISTICS s RENAME TO r; ALTER TABLE t RENAME COLUMN a TO z"), "r").columns ==
      std::vector<std::string>{"b", "z"});
  CHECK(!StateOf(sql + "DROP STATISTICS s").schema.Contains(Public(ObjectKind::kStatistics, "s")));
}

TEST_CASE("what is wrong with statistics") {
  const std::string& table = kTable;
  CHECK(ErrorsOf(table + "CREATE STATISTICS s (mvc) ON a, b FROM t") ==
        "test.sql:1:39: there are no statistics of the kind `mvc`\n");
  CHECK(ErrorsOf(table + "CREATE STATISTICS s ON a, d FROM t") ==
        "test.sql:1:39: statistics `s` names column `d`, which `public.t` does not have\n");
  CHECK(ErrorsOf("ALTER STATISTICS s SET STATISTICS 1") == "test.sql:1:1: statistics `s` does not exist\n");
}

}  // namespace schemadiff::test::parser_statistics
