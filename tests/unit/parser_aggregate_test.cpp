#include "parser_support.h"

namespace schemadiff::test::parser_aggregate {
namespace {

const Aggregate& AggregateOf(const DesiredState& state, std::string_view name, std::string_view arguments) {
  return Get(state, Public(ObjectKind::kAggregate, name, arguments)).As<Aggregate>();
}

TEST_CASE("every option of a normal aggregate is read") {
  const DesiredState state = StateOf(
      "CREATE FUNCTION add(numeric, numeric) RETURNS numeric LANGUAGE sql AS 'SELECT $1 + $2';"
      "CREATE AGGREGATE total(value numeric) (SFUNC = add, STYPE = numeric(10,2), SSPACE = 64, FINALFUNC = "
      "pg_catalog.abs,"
      " FINALFUNC_EXTRA, FINALFUNC_MODIFY = SHAREABLE, INITCOND = '', COMBINEFUNC = add, MSFUNC = add, MINVFUNC = sub,"
      " MSTYPE = numeric, MINITCOND = '0', SORTOP = >, PARALLEL = SAFE)");
  const Aggregate& total = AggregateOf(state, "total", "numeric");
  CHECK(total.arguments == std::vector{RoutineArgument{.name = "value", .type = {"numeric"}}});
  CHECK(total.plain == AggregateComputation{.transition = "public.add",
                                            .state_type = {"numeric"},
                                            .state_size = 64,
                                            .final = "abs",
                                            .final_extra = true,
                                            .final_modify = AggregateComputation::FinalModify::kShareable,
                                            .initial = ""});
  CHECK(total.moving.inverse == "sub");
  CHECK(total.moving.initial == "0");
  CHECK(total.combine == "public.add");
  CHECK(total.sort_operator == "pg_catalog.>");
  CHECK(total.parallel == Routine::Parallel::kSafe);
}

TEST_CASE("ordered sets say how many arguments are direct, and use up their state") {
  const DesiredState state = StateOf(
      "CREATE AGGREGATE last(anyelement ORDER BY anyelement) (SFUNC = f, STYPE = anyelement);"
      "CREATE AGGREGATE rank(VARIADIC \"any\" ORDER BY VARIADIC \"any\") (SFUNC = f, STYPE = internal, HYPOTHETICAL);"
      "CREATE AGGREGATE lone(ORDER BY int) (SFUNC = f, STYPE = int);");
  const Aggregate& last = AggregateOf(state, "last", "anyelement, anyelement");
  CHECK(last.form == Aggregate::Form::kOrderedSet);
  CHECK(last.direct_arguments == 1);
  CHECK(last.plain.final_modify == AggregateComputation::FinalModify::kReadWrite);
  const Aggregate& rank = AggregateOf(state, "rank", "\"any\"");
  CHECK(rank.form == Aggregate::Form::kHypothetical);
  CHECK(rank.arguments.size() == 1);
  CHECK(AggregateOf(state, "lone", "integer").direct_arguments == 0);
}

TEST_CASE("the old forms mean the same") {
  const DesiredState state = StateOf(
      "CREATE AGGREGATE a(*) (SFUNC = int8inc, STYPE = int8);"
      "CREATE AGGREGATE b (BASETYPE = 'ANY', SFUNC1 = int8inc, STYPE1 = int8, INITCOND1 = '0');"
      "CREATE AGGREGATE c (BASETYPE = int, SFUNC = f, STYPE = int);");
  CHECK(AggregateOf(state, "a", "").arguments.empty());
  CHECK(AggregateOf(state, "b", "").plain.initial == "0");
  CHECK(AggregateOf(state, "c", "integer").arguments.size() == 1);
}

TEST_CASE("an aggregate comes after its functions, and a call of it depends on it") {
  const DesiredState state = StateOf(
      "CREATE VIEW v AS SELECT total(x) AS x FROM t; CREATE TABLE t (x int);"
      "CREATE AGGREGATE total(int) (SFUNC = total, STYPE = int);"
      "CREATE FUNCTION total(int, int) RETURNS int LANGUAGE sql AS 'SELECT $1 + $2';");
  const ObjectId id = Public(ObjectKind::kAggregate, "total", "integer");
  CHECK(HasEdge(Get(state, Public(ObjectKind::kView, "v")), id));
  CHECK(HasEdge(Get(state, id), Public(ObjectKind::kRoutine, "total", "integer, integer")));
}

TEST_CASE("COMMENT, ALTER and DROP find aggregates, also as routines") {
  const DesiredState state = StateOf(
      "CREATE SCHEMA app; CREATE AGGREGATE a(int) (SFUNC = f, STYPE = int);"
      "CREATE OR REPLACE AGGREGATE a(int) (SFUNC = g, STYPE = int); COMMENT ON AGGREGATE a(int) IS 'x';"
      "ALTER AGGREGATE a(int) RENAME TO b; ALTER ROUTINE b(int) SET SCHEMA app;"
      "CREATE AGGREGATE c(*) (SFUNC = f, STYPE = int); DROP ROUTINE c();"
      "CREATE AGGREGATE d(int ORDER BY text) (SFUNC = f, STYPE = int); DROP AGGREGATE d(int ORDER BY text);");
  const ObjectId moved = ObjectId::Of(ObjectKind::kAggregate, "app", "b", "integer");
  CHECK(Get(state, moved).As<Aggregate>().plain.transition == "g");
  CHECK(Get(state, ObjectId::Member(ObjectKind::kComment, moved, "")).As<Comment>().text == "x");
  CHECK_FALSE(state.schema.Contains(Public(ObjectKind::kAggregate, "c")));
  CHECK_FALSE(state.schema.Contains(Public(ObjectKind::kAggregate, "d", "integer, text")));
}

}  // namespace
}  // namespace schemadiff::test::parser_aggregate
