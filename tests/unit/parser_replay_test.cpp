#include "parser_support.h"
#include "support/text_tree.h"

namespace schemadiff::test::parser_replay {
namespace {

Result<DesiredState> ReplayOf(const std::vector<std::string>& texts) {
  std::vector<std::shared_ptr<const SourceFile>> files;
  for (const std::string& text : texts) {
    files.push_back(std::make_shared<SourceFile>("r" + std::to_string(files.size() + 1) + ".sql", text));
  }
  TextTree tree(std::move(files), TextTree::Order::kHistory);
  Result<SourceSet> sources = ReadSources(tree);
  if (!sources) return std::unexpected(sources.error());
  ExternalNames nothing;
  nothing.version = 170000;
  return Interpret(*sources, nothing);
}

Schema Replayed(const std::vector<std::string>& texts) {
  Result<DesiredState> state = ReplayOf(texts);
  REQUIRE_MESSAGE(state.has_value(), state.error().items().front().ToString());
  return std::move(state->schema);
}

const std::string& QueryOf(const Schema& schema, const char* view) {
  return schema.Find(Public(ObjectKind::kView, view))->As<View>().query.sql;
}

TEST_CASE("parser replay: statements run in their order, over files") {
  const Schema schema = Replayed({"CREATE TABLE t (a int); INSERT INTO t VALUES (1);",
                                  "DROP TABLE t; CREATE TABLE t (b text); UPDATE t SET b = 'x'; SELECT 1;"});
  const ObjectId table = Public(ObjectKind::kTable, "t");
  CHECK(schema.Contains(ObjectId::Member(ObjectKind::kColumn, table, "b")));
  CHECK_FALSE(schema.Contains(ObjectId::Member(ObjectKind::kColumn, table, "a")));
}

TEST_CASE("parser replay: what does not exist yet is an error in its place") {
  const Result<DesiredState> state = ReplayOf({"ALTER TABLE t ADD b int; CREATE TABLE t (a int);"});
  REQUIRE_FALSE(state.has_value());
  CHECK(state.error().items().front().location.ToString() == "r1.sql:1:13");
}

TEST_CASE("parser replay: owned sequences, statistics and partitions go with their table") {
  const Schema schema =
      Replayed({"CREATE TABLE t (a serial, b int) PARTITION BY RANGE (b);"
                "CREATE TABLE t1 PARTITION OF t FOR VALUES FROM (1) TO (2);"
                "CREATE STATISTICS s ON a, b FROM t;",
                "DROP TABLE t;"});
  CHECK(schema.OfKind(ObjectKind::kTable).empty());
  CHECK(schema.OfKind(ObjectKind::kSequence).empty());
  CHECK(schema.OfKind(ObjectKind::kStatistics).empty());
}

TEST_CASE("parser replay: CASCADE takes what depends along") {
  const Schema schema =
      Replayed({"CREATE TYPE e AS ENUM ('a'); CREATE TABLE t (a int, b e); CREATE VIEW v AS SELECT a FROM t;",
                "DROP TYPE e CASCADE; DROP TABLE t CASCADE;"});
  CHECK(schema.OfKind(ObjectKind::kTable).empty());
  CHECK(schema.OfKind(ObjectKind::kView).empty());
}

TEST_CASE("parser replay: a partition that leaves keeps its parent's columns and keys") {
  const Schema schema =
      Replayed({"CREATE TABLE t (a int PRIMARY KEY, b text DEFAULT 'x') PARTITION BY RANGE (a);"
                "CREATE TABLE t1 PARTITION OF t FOR VALUES FROM (1) TO (2);",
                "ALTER TABLE t DETACH PARTITION t1;"});
  const ObjectId table = Public(ObjectKind::kTable, "t1");
  const ObjectId column = ObjectId::Member(ObjectKind::kColumn, table, "b");
  REQUIRE(schema.Contains(column));
  CHECK_FALSE(schema.Find(column)->inherited);
  CHECK(schema.Contains(ObjectId::Member(ObjectKind::kColumnDefault, column, "")));
  CHECK(schema.Contains(ObjectId::Member(ObjectKind::kKey, table, "t1_pkey")));
}

TEST_CASE("parser replay: expressions and queries follow a column's new name") {
  const Schema schema =
      Replayed({"CREATE TABLE t (a int CONSTRAINT c CHECK (a > 0)); CREATE TABLE s (a int, b int);"
                "CREATE VIEW bare AS SELECT a FROM t;"
                "CREATE VIEW qualified AS SELECT x.a + s.a AS sum FROM t x JOIN s ON s.b = x.a ORDER BY x.a;"
                "CREATE VIEW inner_one AS SELECT (SELECT max(a) FROM s) AS m FROM t;",
                "ALTER TABLE t RENAME COLUMN a TO \"A b\";"});
  const ObjectId check = ObjectId::Member(ObjectKind::kCheck, Public(ObjectKind::kTable, "t"), "c");
  CHECK(schema.Find(check)->As<Check>().expression.sql == "\"A b\" > 0");
  CHECK(QueryOf(schema, "bare") == "SELECT \"A b\" AS a FROM public.t");
  CHECK(QueryOf(schema, "qualified") ==
        "SELECT x.\"A b\" + s.a AS sum FROM public.t x JOIN public.s ON s.b = x.\"A b\" ORDER BY x.\"A b\"");
  CHECK(QueryOf(schema, "inner_one") == "SELECT (SELECT max(a) FROM public.s) AS m FROM public.t");
}

TEST_CASE("parser replay: queries follow a table's new name and schema") {
  const Schema schema =
      Replayed({"CREATE SCHEMA app; CREATE TABLE t (a int); CREATE VIEW v AS SELECT t.a FROM t;"
                "CREATE VIEW w AS SELECT t.a FROM t AS t;",
                "ALTER TABLE t RENAME TO u; ALTER TABLE u SET SCHEMA app;"});
  CHECK(QueryOf(schema, "v") == "SELECT u.a FROM app.u");
  CHECK(QueryOf(schema, "w") == "SELECT t.a FROM app.u AS t");
}

TEST_CASE("parser replay: what is temporary is passed over, and hides what lasts") {
  const Schema schema =
      Replayed({"CREATE TABLE t (a int); CREATE TEMP TABLE t AS SELECT 1 AS x; ALTER TABLE t DROP COLUMN x;"
                "CREATE VIEW v AS SELECT * FROM t; CREATE VIEW w AS WITH t AS (SELECT 1 AS one) SELECT one FROM t;"
                "DROP TABLE t; ALTER TABLE t ADD COLUMN b int;",
                "BEGIN; CREATE TEMP TABLE t (x int) ON COMMIT DROP; DROP TABLE t; COMMIT; ALTER TABLE t ADD c int;"
                "BEGIN; SELECT 1 AS x INTO TEMP t; COMMIT; DISCARD TEMP; ALTER TABLE t ADD d int;",
                "CREATE TEMP TABLE s (x int) ON COMMIT DROP; CREATE INDEX ON s (x); ALTER TABLE s ADD y int;"});
  const ObjectId table = Public(ObjectKind::kTable, "t");
  for (const char* column : {"a", "b", "c", "d"}) {
    CHECK(schema.Contains(ObjectId::Member(ObjectKind::kColumn, table, column)));
  }
  CHECK_FALSE(schema.Contains(Public(ObjectKind::kView, "v")));
  CHECK(schema.Contains(Public(ObjectKind::kView, "w")));
}

TEST_CASE("parser replay: a table made from a query, and where its columns cannot be known") {
  const std::string table = "CREATE TABLE t (a int NOT NULL DEFAULT 1, b text COLLATE \"C\");";
  const Schema schema = Replayed({table + "CREATE TABLE u AS SELECT x.b AS y, x.* FROM t x;"});
  const ObjectId made = Public(ObjectKind::kTable, "u");
  CHECK(schema.Find(ObjectId::Member(ObjectKind::kColumn, made, "y"))->As<Column>().collation == "\"C\"");
  const ObjectId a = ObjectId::Member(ObjectKind::kColumn, made, "a");
  CHECK(schema.Find(a)->As<Column>().type.sql == "integer");
  CHECK_FALSE(schema.Contains(ObjectId::Member(ObjectKind::kNotNull, a, "")));
  for (const char* query : {"SELECT a + 1 AS a FROM t", "SELECT b::text AS b FROM t", "SELECT a FROM t UNION SELECT 1",
                            "VALUES (1)", "SELECT * FROM t JOIN t u USING (a)", "SELECT * FROM generate_series(1, 2)",
                            "WITH t AS (SELECT 1 AS z) SELECT * FROM t"}) {
    CAPTURE(query);
    const Result<DesiredState> state = ReplayOf({table + "\nCREATE TABLE u AS " + query});
    REQUIRE_FALSE(state.has_value());
    CHECK(state.error().items().front().location.ToString().starts_with("r1.sql:2:"));
    CHECK(state.error().items().front().message.starts_with("which columns this gives `u`"));
  }
}

TEST_CASE("parser replay: stars stand for the columns that there were") {
  const Schema schema =
      Replayed({"CREATE TABLE t (a int, b int); CREATE TABLE s (b int, c int); CREATE VIEW u AS SELECT * FROM t;"
                "CREATE VIEW v AS SELECT x.*, count(*) OVER () AS n FROM t x; CREATE VIEW w AS TABLE s;"
                "CREATE VIEW j AS SELECT * FROM t NATURAL JOIN s; CREATE VIEW k AS SELECT * FROM t, unknown_one() f;",
                "ALTER TABLE t ADD c int; ALTER TABLE s ADD d int;"});
  CHECK(QueryOf(schema, "u") == "SELECT t.a, t.b FROM public.t");
  CHECK(QueryOf(schema, "v") == "SELECT x.a, x.b, count(*) OVER () AS n FROM public.t x");
  CHECK(QueryOf(schema, "w") == "SELECT s.b, s.c FROM public.s");
  CHECK(QueryOf(schema, "j") == "SELECT b, t.a, s.c FROM public.t JOIN public.s USING (b)");
  CHECK(QueryOf(schema, "k") == "SELECT * FROM public.t, unknown_one() f");
}

TEST_CASE("parser replay: a name that a new column would take is qualified") {
  const Schema schema =
      Replayed({"CREATE TABLE t (a int); CREATE TABLE s (b int);"
                "CREATE VIEW v AS SELECT a, b, (SELECT max(b) FROM t) AS m FROM t, s ORDER BY b;",
                "ALTER TABLE t ADD b int;", "ALTER TABLE s RENAME b TO a;"});
  CHECK(QueryOf(schema, "v") ==
        "SELECT t.a, s.a AS b, (SELECT max(s.a) FROM public.t) AS m FROM public.t, public.s ORDER BY b");
}

TEST_CASE("parser replay: a column that USING merges keeps its name in the query") {
  const Schema schema =
      Replayed({"CREATE TABLE t (a int, b int, c int); CREATE TABLE s (b int);"
                "CREATE VIEW v AS SELECT b, x.b AS e, c FROM t AS x JOIN s USING (b);",
                "ALTER TABLE t RENAME b TO k; ALTER TABLE s RENAME b TO l; ALTER TABLE t RENAME c TO d;"});
  CHECK(QueryOf(schema, "v") == "SELECT b, x.b AS e, c FROM public.t AS x(a, b, c) JOIN public.s AS s(b) USING (b)");
}

TEST_CASE("parser replay: only what reads a column goes with it") {
  const Schema schema =
      Replayed({"CREATE TABLE t (a int, b int); CREATE TABLE s (a int); CREATE VIEW other AS SELECT s.a FROM t, s;"
                "CREATE VIEW star AS SELECT * FROM t; CREATE VIEW list AS SELECT y FROM t AS l(x, y);"
                "CREATE POLICY inner_one ON t USING (b IN (SELECT a FROM s)); CREATE POLICY p ON s USING (a IN (SELECT "
                "t.a FROM t));",
                "ALTER TABLE t DROP a CASCADE;"});
  const auto has = [&](const char* view) { return schema.Contains(Public(ObjectKind::kView, view)); };
  CHECK(has("other"));
  CHECK_FALSE(has("star"));
  CHECK(QueryOf(schema, "list") == "SELECT y FROM public.t AS l(y)");
  CHECK(schema.Contains(ObjectId::Member(ObjectKind::kPolicy, Public(ObjectKind::kTable, "t"), "inner_one")));
  CHECK_FALSE(schema.Contains(ObjectId::Member(ObjectKind::kPolicy, Public(ObjectKind::kTable, "s"), "p")));
}

TEST_CASE("parser replay: a view whose columns are not known cannot have one renamed") {
  const Result<DesiredState> state =
      ReplayOf({"CREATE VIEW v AS SELECT * FROM unknown_one();", "ALTER VIEW v RENAME COLUMN a TO b;"});
  REQUIRE_FALSE(state.has_value());
  CHECK(state.error().items().front().message == "not all columns of `public.v` are known, so none can be renamed");
}

TEST_CASE("parser replay: no table comes to inherit from itself") {
  const char* tables =
      "CREATE TABLE a (k int); CREATE TABLE b (k int); CREATE TABLE p (k int) PARTITION BY LIST (k);"
      "CREATE TABLE q PARTITION OF p DEFAULT PARTITION BY LIST (k);";
  for (const char* circle :
       {"ALTER TABLE a INHERIT b; ALTER TABLE b INHERIT a;", "ALTER TABLE a INHERIT a;",
        "ALTER TABLE q ATTACH PARTITION p DEFAULT;", "ALTER TABLE p ATTACH PARTITION p DEFAULT;"}) {
    const Result<DesiredState> state = ReplayOf({tables, circle});
    REQUIRE_FALSE(state.has_value());
    CHECK(state.error().items().front().message.ends_with("would inherit from itself"));
    CHECK(state.error().items().front().location.ToString().starts_with("r2.sql:1:"));
    CHECK(ErrorsOf(std::string(tables) + circle).contains("would inherit from itself"));
  }
}

TEST_CASE("parser replay: rights on what is temporary and on what lasts cannot be told apart") {
  const Result<DesiredState> state =
      ReplayOf({"CREATE TABLE t (a int); CREATE TEMP TABLE s (a int); GRANT SELECT ON s, t TO PUBLIC;"});
  REQUIRE_FALSE(state.has_value());
  CHECK(state.error().items().front().message == "this names what is temporary together with what is not");
  Replayed(
      {"CREATE TABLE t (a int); CREATE TEMP TABLE s (a int); GRANT SELECT ON s TO PUBLIC; GRANT SELECT ON t TO "
       "PUBLIC;"});
}

}  // namespace
}  // namespace schemadiff::test::parser_replay
