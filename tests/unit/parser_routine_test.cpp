#include "parser_support.h"

namespace schemadiff::test::parser_routine {
namespace {

ObjectId RoutineId(std::string_view name, std::string_view arguments = {}) {
  return Public(ObjectKind::kRoutine, name, arguments);
}

Routine RoutineOf(const std::string& sql, std::string_view arguments = {}) {
  return Get(StateOf(sql), RoutineId("f", arguments)).As<Routine>();
}

}  // namespace

TEST_CASE("routine: the identity holds the types of the input arguments") {
  const DesiredState state = StateOf(
      "CREATE TYPE mood AS ENUM ('a');"
      "CREATE FUNCTION f(IN a int DEFAULT 5 + 1, OUT b text, INOUT c varchar(5)[] = '{}', VARIADIC d mood[] DEFAULT "
      "null)"
      " LANGUAGE plpgsql AS $$ x $$;"
      "CREATE PROCEDURE p(OUT a int, b text) LANGUAGE plpgsql AS ''");
  const Object& function = Get(state, RoutineId("f", "integer, character varying[], public.mood[]"));
  const Routine& routine = function.As<Routine>();
  using enum RoutineArgument::Mode;
  CHECK(routine.arguments == std::vector<RoutineArgument>{{kIn, "a", {"integer"}, {"5 + 1"}},
                                                          {kOut, "b", {"text"}, {}},
                                                          {kInOut, "c", {"character varying[]"}, {"'{}'"}},
                                                          {kVariadic, "d", {"public.mood[]"}, {"null"}}});
  CHECK(routine.returns.sql == "record");
  CHECK(routine.body == " x ");
  CHECK(HasEdge(function, Public(ObjectKind::kEnum, "mood")));
  CHECK(Get(state, RoutineId("p", "text")).As<Routine>().procedure);
  CHECK(Get(state, RoutineId("p", "text")).As<Routine>().returns.sql == "");
}

TEST_CASE("routine: results") {
  CHECK(RoutineOf("CREATE FUNCTION f(OUT a int) LANGUAGE plpgsql AS ''").returns.sql == "integer");
  CHECK(RoutineOf("CREATE FUNCTION f() RETURNS void LANGUAGE plpgsql AS ''").returns.sql == "void");
  const Routine set = RoutineOf("CREATE FUNCTION f() RETURNS SETOF numeric(5,2) LANGUAGE plpgsql AS ''");
  CHECK(set.returns.sql == "numeric");
  CHECK(set.returns_set);
  const Routine table = RoutineOf("CREATE FUNCTION f() RETURNS TABLE(a int, b text) LANGUAGE plpgsql ROWS 1000 AS ''");
  CHECK(table.returns.sql == "");
  CHECK(table.returns_set);
  CHECK(table.rows == "");
  CHECK(table.arguments.size() == 2);
  CHECK(table.arguments[1].mode == RoutineArgument::Mode::kTable);
}

TEST_CASE("routine: options") {
  const Routine routine = RoutineOf(
      "CREATE FUNCTION f() RETURNS SETOF int LANGUAGE PLPGSQL STABLE STRICT SECURITY DEFINER LEAKPROOF PARALLEL SAFE"
      " COST 2000000 ROWS 5.5 WINDOW SET search_path TO a, \"B\", pg_temp SET work_mem = '1MB' SET timezone = 'UTC'"
      " SET enable_seqscan = off AS E'a\\r\\nb\\n'");
  CHECK(routine.language == "plpgsql");
  CHECK(routine.volatility == Routine::Volatility::kStable);
  CHECK(routine.strict);
  CHECK(routine.security_definer);
  CHECK(routine.leakproof);
  CHECK(routine.window);
  CHECK(routine.parallel == Routine::Parallel::kSafe);
  CHECK(routine.cost == "2e+06");
  CHECK(routine.rows == "5.5");
  CHECK(routine.body == "a\nb\n");
  CHECK(routine.settings ==
        Options{
            {"search_path", "a, \"B\", pg_temp"}, {"work_mem", "1MB"}, {"TimeZone", "UTC"}, {"enable_seqscan", "off"}});
  CHECK(RoutineOf("CREATE FUNCTION f() RETURNS int LANGUAGE sql COST 100 AS ''").cost == "");
  CHECK(RoutineOf("CREATE FUNCTION f() RETURNS int LANGUAGE sql COST 1 AS ''").cost == "1");
}

TEST_CASE("routine: C functions") {
  const Routine both = RoutineOf("CREATE FUNCTION f() RETURNS int LANGUAGE c COST 1 AS 'obj', 'sym'");
  CHECK(both.library == "obj");
  CHECK(both.body == "sym");
  CHECK(both.cost == "");
  const Routine one = RoutineOf("CREATE FUNCTION f() RETURNS int LANGUAGE c AS '$libdir/obj'");
  CHECK(one.library == "$libdir/obj");
  CHECK(one.body == "f");
}

TEST_CASE("routine: bodies of standard SQL") {
  const DesiredState state = StateOf(
      "CREATE TABLE t (a int);"
      "CREATE FUNCTION g(a int) RETURNS int RETURN a + 1;"
      "CREATE FUNCTION f(a int) RETURNS int LANGUAGE sql STABLE BEGIN ATOMIC SELECT 1; SELECT g(a) FROM t; END;"
      "CREATE VIEW v AS SELECT f(1)");
  CHECK(Get(state, RoutineId("g", "integer")).As<Routine>().sql_body.sql == "RETURN a + 1");
  CHECK(Get(state, RoutineId("g", "integer")).As<Routine>().language == "sql");
  const Object& function = Get(state, RoutineId("f", "integer"));
  CHECK(function.As<Routine>().sql_body.sql == "BEGIN ATOMIC SELECT 1; SELECT public.g(a) FROM public.t; END");
  CHECK(HasEdge(function, Public(ObjectKind::kTable, "t")));
  CHECK(HasEdge(function, RoutineId("g", "integer")));
}

TEST_CASE("routine: a string body in SQL is read for what it mentions") {
  const DesiredState state = StateOf(
      "CREATE FUNCTION f() RETURNS int LANGUAGE sql SET search_path = a AS"
      " $$ WITH x AS (SELECT 1) SELECT g(2) FROM t, x $$;"
      "CREATE FUNCTION broken() RETURNS int LANGUAGE sql AS 'not sql';"
      "CREATE SCHEMA a CREATE TABLE t (i int) CREATE TABLE x (i int); CREATE TABLE t (i int);"
      "CREATE FUNCTION a.g(int) RETURNS int RETURN 1; CREATE FUNCTION a.g(text) RETURNS int RETURN 1");
  const Object& function = Get(state, RoutineId("f"));
  CHECK(HasEdge(function, ObjectId::Of(ObjectKind::kTable, "a", "t"), EdgeKind::kSoft));
  CHECK(HasEdge(function, ObjectId::Of(ObjectKind::kRoutine, "a", "g", "integer"), EdgeKind::kSoft));
  CHECK(HasEdge(function, ObjectId::Of(ObjectKind::kRoutine, "a", "g", "text"), EdgeKind::kSoft));
  CHECK(function.edges.size() == 3);
  CHECK(Get(state, RoutineId("broken")).edges.empty());
}

TEST_CASE("a call depends on all overloads, never on itself") {
  const DesiredState state = StateOf(
      "CREATE VIEW v AS SELECT f(1), f(2);"
      "CREATE FUNCTION f(int) RETURNS int RETURN 1; CREATE FUNCTION f(text) RETURNS int RETURN f(1) + f('')");
  CHECK(Get(state, Public(ObjectKind::kView, "v")).edges ==
        std::vector<Edge>{{RoutineId("f", "integer")}, {RoutineId("f", "text")}});
  CHECK(Get(state, RoutineId("f", "text")).edges == std::vector<Edge>{{RoutineId("f", "integer")}});
}

TEST_CASE("routine: replaced, declared twice") {
  CHECK(RoutineOf("CREATE FUNCTION f() RETURNS int LANGUAGE sql STABLE AS '1';"
                  "CREATE OR REPLACE FUNCTION f() RETURNS int LANGUAGE sql AS '2'") ==
        RoutineOf("CREATE FUNCTION f() RETURNS int LANGUAGE sql AS '2'"));
  CHECK(ErrorsOf("CREATE FUNCTION f(int) RETURNS int RETURN 1; CREATE FUNCTION f(a int4) RETURNS int RETURN 1") ==
        "test.sql:1:46: function `public.f(integer)` is declared twice\n");
  CHECK(ErrorsOf("CREATE FUNCTION f() RETURNS int RETURN 1; CREATE OR REPLACE PROCEDURE f() BEGIN ATOMIC END") ==
        "test.sql:1:43: `public.f()` is a function and cannot be replaced by a procedure\n");
}

TEST_CASE("routine: types of columns") {
  const DesiredState state = StateOf(
      "CREATE FUNCTION f(t.a%TYPE, b t.b%TYPE) RETURNS t.a%TYPE LANGUAGE plpgsql AS '';"
      "CREATE TABLE t (a varchar(20), b timestamp(3))");
  const Routine& routine = Get(state, RoutineId("f", "character varying, timestamp without time zone")).As<Routine>();
  CHECK(routine.returns.sql == "character varying");
  CHECK(ErrorsOf("CREATE FUNCTION f(t.a%TYPE) RETURNS int LANGUAGE plpgsql AS ''") ==
        "test.sql:1:19: column `t.a` does not exist\n");
}

TEST_CASE("routine: types as format_type() spells them without modifiers") {
  const DesiredState state =
      StateOf("CREATE FUNCTION f(char(5), bpchar[], varchar(3), interval day) RETURNS char(2) RETURN 'x'");
  const ObjectId id = RoutineId("f", "character, character[], character varying, interval");
  CHECK(Get(state, id).As<Routine>().returns.sql == "character");
  CHECK(StateOf("CREATE FUNCTION f(VARIADIC \"any\") RETURNS int LANGUAGE internal AS 'x'")
            .schema.Contains(RoutineId("f", "\"any\"")));
}

TEST_CASE("routine: altered") {
  const std::string create =
      "CREATE FUNCTION f(int) RETURNS int LANGUAGE sql SET a.b = 'x' SET work_mem = '1MB' AS '';";
  CHECK(RoutineOf(create + "ALTER FUNCTION f(int) IMMUTABLE STRICT COST 7", "integer").cost == "7");
  CHECK(RoutineOf(create + "ALTER FUNCTION f RESET a.b", "integer").settings == Options{{"work_mem", "1MB"}});
  CHECK(RoutineOf(create + "ALTER ROUTINE f RESET ALL SET a.c TO 1, 2", "integer").settings ==
        Options{{"a.c", "1, 2"}});
  CHECK(RoutineOf(create + "ALTER FUNCTION f CALLED ON NULL INPUT PARALLEL RESTRICTED", "integer").parallel ==
        Routine::Parallel::kRestricted);
  CHECK(ErrorsOf("ALTER FUNCTION f(int) STABLE") == "test.sql:1:1: routine `f` does not exist\n");
  CHECK(ErrorsOf(create + "\nALTER PROCEDURE f(int) SECURITY DEFINER") == "test.sql:2:1: routine `f` does not exist\n");
}

TEST_CASE("routine: what cannot be known or understood") {
  CHECK(ErrorsOf("CREATE FUNCTION f() RETURNS int LANGUAGE sql SET work_mem FROM CURRENT AS ''") ==
        "test.sql:1:46: what `SET work_mem FROM CURRENT` sets depends on the session\n");
  CHECK(ErrorsOf("CREATE FUNCTION f() RETURNS int AS ''") == "test.sql:1:1: the function says no language\n");
  CHECK(ErrorsOf("CREATE FUNCTION f() LANGUAGE sql AS ''") == "test.sql:1:1: the function says no result type\n");
  CHECK(ErrorsOf("CREATE FUNCTION f() RETURNS int LANGUAGE sql PARALLEL maybe AS ''") ==
        "test.sql:1:46: `PARALLEL maybe` is unknown\n");
  CHECK(ErrorsOf("CREATE FUNCTION f(nope) RETURNS int LANGUAGE sql AS ''") ==
        "test.sql:1:19: type `nope` does not exist\n");
}

TEST_CASE("COMMENT and DROP find routines") {
  const DesiredState state = StateOf(
      "CREATE FUNCTION f(int, OUT x text) LANGUAGE plpgsql AS ''; CREATE PROCEDURE p(OUT a int, b text) LANGUAGE "
      "plpgsql AS '';"
      "COMMENT ON FUNCTION f(int) IS '1'; COMMENT ON PROCEDURE p(text) IS '2'; COMMENT ON ROUTINE f IS '3';"
      "CREATE FUNCTION gone(int) RETURNS int RETURN 1; DROP FUNCTION gone;"
      "CREATE PROCEDURE q(OUT a int, b text) LANGUAGE plpgsql AS ''; DROP PROCEDURE q(OUT int, text);"
      "CREATE PROCEDURE r(OUT a int, b text) LANGUAGE plpgsql AS ''; DROP PROCEDURE r(int, text)");
  const auto comment = [&](ObjectId id) {
    return Get(state, ObjectId::Member(ObjectKind::kComment, id, "")).As<Comment>().text;
  };
  CHECK(comment(RoutineId("f", "integer")) == "3");
  CHECK(comment(RoutineId("p", "text")) == "2");
  CHECK(!state.schema.Contains(RoutineId("gone", "integer")));
  CHECK(!state.schema.Contains(RoutineId("q", "text")));
  CHECK(!state.schema.Contains(RoutineId("r", "text")));
  CHECK(ErrorsOf("CREATE FUNCTION f(int) RETURNS int RETURN 1; CREATE FUNCTION f(text) RETURNS int RETURN 1;\n"
                 "COMMENT ON FUNCTION f IS 'x'")
            .starts_with("test.sql:2:1: a single routine named `f` does not exist\n"));
}

}  // namespace schemadiff::test::parser_routine
