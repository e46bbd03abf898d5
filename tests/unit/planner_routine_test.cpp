#include "planner_rules_support.h"

namespace schemadiff::test::planner_routine {
namespace {

using Mode = RoutineArgument::Mode;

Schema With(Routine routine, std::string_view inputs) {
  return SchemaOf({Fact(ObjectId::Of(ObjectKind::kRoutine, "app", "f", inputs), std::move(routine))});
}

Routine Plain(std::vector<RoutineArgument> arguments) {
  return {.arguments = std::move(arguments), .returns = {"integer"}, .language = "sql", .body = "SELECT 1"};
}

Sql Change(const Routine& before, const Routine& after) {
  return SqlBetween(With(before, "integer"), With(after, "integer"));
}

TEST_CASE("a function is created with all it has") {
  Routine routine = Plain({{.mode = Mode::kIn, .name = "from", .type = {"integer"}, .default_value = {"1"}},
                           {.mode = Mode::kVariadic, .type = {"text[]"}}});
  routine.returns_set = true;
  routine.volatility = Routine::Volatility::kStable;
  routine.strict = routine.security_definer = routine.leakproof = true;
  routine.parallel = Routine::Parallel::kSafe;
  routine.cost = "5";
  routine.rows = "7";
  routine.settings = {{"search_path", "\"\", \"$user\", app"}, {"statement_timeout", "5s"}};
  CHECK(SqlBetween({}, With(routine, "integer, text[]")) ==
        Sql{"CREATE FUNCTION app.f(\"from\" integer DEFAULT 1, VARIADIC text[])\nRETURNS SETOF integer\nLANGUAGE sql "
            "STABLE "
            "LEAKPROOF STRICT SECURITY DEFINER PARALLEL SAFE COST 5 ROWS 7\nSET search_path TO '', \"$user\", app\nSET "
            "statement_timeout TO '5s'\nAS $$SELECT 1$$"});
}

TEST_CASE("tables, procedures, C and SQL-standard bodies") {
  Routine table = Plain({{.type = {"integer"}}, {.mode = Mode::kTable, .name = "x", .type = {"integer"}}});
  table.returns = {};
  table.returns_set = true;
  CHECK(SqlBetween({}, With(table, "integer")) ==
        Sql{"CREATE FUNCTION app.f(integer)\nRETURNS TABLE(x integer)\nLANGUAGE sql\nAS $$SELECT 1$$"});
  const Routine procedure{.procedure = true, .language = "sql", .sql_body = {"BEGIN ATOMIC\nEND"}};
  CHECK(SqlBetween({}, With(procedure, "")) == Sql{"CREATE PROCEDURE app.f()\nLANGUAGE sql\nBEGIN ATOMIC\nEND"});
  CHECK(SqlBetween(With(procedure, ""), {}) == Sql{"DROP PROCEDURE app.f()"});
  Routine compiled = Plain({});
  compiled.language = "c";
  compiled.library = "$libdir/m";
  compiled.body = "sym";
  CHECK(SqlBetween({}, With(compiled, "")) ==
        Sql{"CREATE FUNCTION app.f()\nRETURNS integer\nLANGUAGE c\nAS '$libdir/m', 'sym'"});
}

TEST_CASE("code and options change in place") {
  const Routine before = Plain({{.type = {"integer"}}});
  Routine after = Plain({{.name = "x", .type = {"integer"}, .default_value = {"1"}}});
  after.body = "SELECT 2";
  after.security_definer = true;
  const auto steps = StepsBetween(With(before, "integer"), With(after, "integer"));
  CHECK(SqlOf(steps) ==
        Sql{"CREATE OR REPLACE FUNCTION app.f(x integer DEFAULT 1)\nRETURNS integer\nLANGUAGE sql SECURITY "
            "DEFINER\nAS $$SELECT 2$$"});
  CHECK(HasHazard(steps.front(), HazardKind::kOpaque));
  CHECK(HasHazard(steps.front(), HazardKind::kAccessChange));
}

TEST_CASE("what CREATE OR REPLACE refuses is dropped and created") {
  const Routine before = Plain({{.name = "x", .type = {"integer"}, .default_value = {"1"}}});
  Routine renamed = before;
  renamed.arguments[0].name = "y";
  Routine without_default = before;
  without_default.arguments[0].default_value = {};
  Routine other_result = before;
  other_result.returns = {"bigint"};
  for (const Routine& after : {renamed, without_default, other_result}) {
    const Sql sql = Change(before, after);
    REQUIRE(sql.size() == 2);
    CHECK(sql[0] == "DROP FUNCTION app.f(integer)");
    CHECK(sql[1].starts_with("CREATE FUNCTION app.f("));
  }
}

TEST_CASE("only a routine that goes, or means something else, breaks clients") {
  const Routine before = Plain({{.name = "x", .type = {"integer"}}});
  CHECK(HasHazard(StepsBetween(With(before, "integer"), {}).front(), HazardKind::kBreaksClients));
  Routine after = before;
  after.returns = {"bigint"};
  CHECK(HasHazard(StepsBetween(With(before, "integer"), With(after, "integer")).front(), HazardKind::kBreaksClients));
}

}  // namespace
}  // namespace schemadiff::test::planner_routine
