#include "planner_rules_support.h"

namespace schemadiff::test::planner_aggregate {
namespace {

const ObjectId kTotal = ObjectId::Of(ObjectKind::kAggregate, "app", "total", "integer");

Aggregate Total() {
  return {.arguments = {{.type = {"integer"}}},
          .plain = {.transition = "app.add", .state_type = {"bigint"}, .initial = "0"}};
}

Schema With(Aggregate aggregate) { return SchemaOf({Fact(kTotal, std::move(aggregate))}); }

TEST_CASE("functions and options of an aggregate are replaced in place") {
  Aggregate after = Total();
  after.plain.transition = "app.add2";
  after.parallel = Routine::Parallel::kSafe;
  CHECK(SqlBetween(With(Total()), With(after)) ==
        Sql{"CREATE OR REPLACE AGGREGATE app.total(integer) (\n    sfunc = app.add2,\n    stype = bigint,\n"
            "    initcond = '0',\n    parallel = safe\n)"});
}

TEST_CASE("another result makes it anew") {
  Aggregate after = Total();
  after.plain.state_type = {"numeric"};
  const Sql sql = SqlBetween(With(Total()), With(after));
  REQUIRE(sql.size() == 2);
  CHECK(sql[0] == "DROP AGGREGATE app.total(integer)");
  CHECK(sql[1].starts_with("CREATE AGGREGATE app.total(integer) ("));
}

TEST_CASE("an ordered set's variadic argument is written twice") {
  const ObjectId id = ObjectId::Of(ObjectKind::kAggregate, "app", "rank", "\"any\"");
  const Aggregate rank{.form = Aggregate::Form::kHypothetical,
                       .arguments = {{.mode = RoutineArgument::Mode::kVariadic, .type = {"\"any\""}}},
                       .direct_arguments = 1,
                       .plain = {.transition = "f",
                                 .state_type = {"internal"},
                                 .final_modify = AggregateComputation::FinalModify::kReadWrite}};
  CHECK(SqlBetween({}, SchemaOf({Fact(id, rank)})) ==
        Sql{"CREATE AGGREGATE app.rank(VARIADIC \"any\" ORDER BY VARIADIC \"any\") (\n    sfunc = f,\n"
            "    stype = internal,\n    hypothetical\n)"});
}

TEST_CASE("an aggregate without arguments is named with a star") {
  const ObjectId id = ObjectId::Of(ObjectKind::kAggregate, "app", "rows", "");
  const Aggregate rows{.plain = {.transition = "int8inc", .state_type = {"bigint"}}};
  const Schema live = SchemaOf({Fact(id, rows), Fact(ObjectId::Member(ObjectKind::kComment, id, ""), Comment{"x"})});
  CHECK(SqlBetween(live, {}) == Sql{"DROP AGGREGATE app.rows(*)"});
  CHECK(SqlBetween({}, live).back() == "COMMENT ON AGGREGATE app.rows(*) IS 'x'");
}

}  // namespace
}  // namespace schemadiff::test::planner_aggregate
