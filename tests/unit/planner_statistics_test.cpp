#include "planner_rules_support.h"

namespace schemadiff::test::planner_statistics {
namespace {

const ObjectId kTable = ObjectId::Of(ObjectKind::kTable, "app", "t");
const ObjectId kStatistics = ObjectId::Of(ObjectKind::kStatistics, "app", "s");

Schema With(Statistics statistics) {
  statistics.table = kTable;
  Object object = Fact(kStatistics, std::move(statistics));
  object.edges.push_back({kTable, EdgeKind::kOwnedBy});
  return SchemaOf({Fact(kTable, Table{}), std::move(object)});
}

const Schema& OnlyTable() {
  static const Schema schema = SchemaOf({Fact(kTable, Table{})});
  return schema;
}

TEST_CASE("statistics are created with kinds, expressions and target") {
  const auto steps = StepsBetween(
      OnlyTable(),
      With({.columns = {"A b", "c"}, .expressions = {{"a % 2"}}, .ndistinct = true, .mcv = true, .target = 50}));
  CHECK(SqlOf(steps) == Sql{"CREATE STATISTICS app.s (ndistinct, mcv) ON \"A b\", c, (a % 2) FROM app.t",
                            "ALTER STATISTICS app.s SET STATISTICS 50"});
  CHECK(steps.front().locks == std::vector<Lock>{{"app.t", LockMode::kShareUpdateExclusive}});
}

TEST_CASE("all kinds, and none of a single expression, are left to PostgreSQL") {
  CHECK(SqlBetween(OnlyTable(), With({.columns = {"a", "b"}, .ndistinct = true, .dependencies = true, .mcv = true})) ==
        Sql{"CREATE STATISTICS app.s ON a, b FROM app.t"});
  CHECK(SqlBetween(OnlyTable(), With({.expressions = {{"a % 2"}}})) ==
        Sql{"CREATE STATISTICS app.s ON (a % 2) FROM app.t"});
}

TEST_CASE("the target changes in place, what is measured makes statistics anew") {
  CHECK(SqlBetween(With({.columns = {"a", "b"}, .mcv = true, .target = 9}),
                   With({.columns = {"a", "b"}, .mcv = true})) == Sql{"ALTER STATISTICS app.s SET STATISTICS -1"});
  CHECK(SqlBetween(With({.columns = {"a", "b"}, .mcv = true}), With({.columns = {"a", "c"}, .mcv = true})) ==
        Sql{"DROP STATISTICS app.s", "CREATE STATISTICS app.s (mcv) ON a, c FROM app.t"});
}

TEST_CASE("statistics go with their table") {
  const auto steps = StepsBetween(With({.columns = {"a", "b"}, .mcv = true}), Schema());
  CHECK(SqlOf(steps) == Sql{"DROP TABLE app.t"});
}

}  // namespace
}  // namespace schemadiff::test::planner_statistics
