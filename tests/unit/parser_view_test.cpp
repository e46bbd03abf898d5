#include "parser_support.h"

namespace schemadiff::test::parser_view {
namespace {

const ObjectId kV = Public(ObjectKind::kView, "v");

View ViewOf(const std::string& sql) { return Get(StateOf(sql), kV).As<View>(); }

}  // namespace

TEST_CASE("view: query, columns and options") {
  const View view = ViewOf(
      "CREATE VIEW v (a, \"B\") WITH (security_barrier, security_invoker = false) AS"
      " SELECT x AS as_x, 2 FROM t WITH CASCADED CHECK OPTION; CREATE TABLE t (x int)");
  CHECK(view.column_names == std::vector<std::string>{"a", "B"});
  CHECK(view.query.sql == "SELECT x AS as_x, 2 FROM public.t");
  CHECK(view.options ==
        Options{{"security_barrier", "true"}, {"security_invoker", "false"}, {"check_option", "cascaded"}});
  CHECK(ViewOf("CREATE VIEW v AS SELECT 1 AS a WITH LOCAL CHECK OPTION").query.sql == "SELECT 1 AS a");
  CHECK(ViewOf("CREATE VIEW v WITH (check_option = local) AS VALUES (1)").options ==
        Options{{"check_option", "local"}});
  CHECK(ErrorsOf("CREATE TEMP VIEW v AS SELECT 1") == "test.sql:1:1: a temporary view is no part of a schema\n");
}

TEST_CASE("view: recursive") {
  const View view =
      ViewOf("CREATE RECURSIVE VIEW v (n, \"M\") AS VALUES (1, 1) UNION ALL SELECT n + 1, 2 FROM v WHERE n < 9");
  CHECK(view.query.sql ==
        "WITH RECURSIVE v(n, \"M\") AS (VALUES (1, 1) UNION ALL SELECT n + 1, 2 FROM v WHERE n < 9) SELECT n, \"M\" "
        "FROM v");
  CHECK(view.column_names.empty());
}

TEST_CASE("view: replaced, as a dump does to break a circle") {
  const DesiredState state = StateOf(
      "CREATE VIEW v AS SELECT NULL::int AS a; CREATE TABLE t (a int); CREATE OR REPLACE VIEW v AS SELECT a FROM t");
  CHECK(Get(state, kV).As<View>().query.sql == "SELECT a FROM public.t");
  CHECK(Get(state, kV).edges == std::vector<Edge>{{Public(ObjectKind::kTable, "t")}});
  CHECK(ErrorsOf("CREATE VIEW v AS SELECT 1; CREATE VIEW v AS SELECT 2") ==
        "test.sql:1:28: view `public.v` is declared twice\n");
}

TEST_CASE("views that need each other") {
  CHECK(ErrorsOf(
            "CREATE VIEW c AS SELECT * FROM a;\nCREATE VIEW a AS SELECT * FROM b;\nCREATE VIEW b AS SELECT * FROM c;\n"
            "CREATE VIEW d AS SELECT * FROM a") ==
        "test.sql:2:1: views need each other in a circle: `public.a` needs `public.b` needs `public.c` needs "
        "`public.a`\n");
  CHECK(ErrorsOf("CREATE VIEW a AS SELECT * FROM a") ==
        "test.sql:1:1: views need each other in a circle: `public.a` needs `public.a`\n");
  CHECK(ErrorsOf("CREATE VIEW a AS SELECT * FROM b, c; CREATE VIEW b AS SELECT * FROM c; CREATE VIEW c AS SELECT 1") ==
        "");
}

TEST_CASE("a view of what does not exist") {
  CHECK(ErrorsOf("CREATE VIEW v AS SELECT * FROM nope") == "test.sql:1:32: relation `nope` does not exist\n");
}

TEST_CASE("materialized view") {
  const ObjectId id = Public(ObjectKind::kMaterializedView, "m");
  const std::string sql =
      "CREATE MATERIALIZED VIEW m (a, b) USING heap WITH (fillfactor = 70) TABLESPACE fast AS"
      " SELECT 1, x FROM t WITH NO DATA; CREATE TABLE t (x int);";
  const DesiredState state = StateOf(sql);
  const MaterializedView& view = Get(state, id).As<MaterializedView>();
  CHECK(view.column_names == std::vector<std::string>{"a", "b"});
  CHECK(view.query.sql == "SELECT 1, x FROM public.t");
  CHECK(view.access_method == "");
  CHECK(view.tablespace == "fast");
  CHECK(view.options == Options{{"fillfactor", "70"}});
  CHECK(!view.populated);
  CHECK(HasEdge(Get(state, id), Public(ObjectKind::kTable, "t")));
  CHECK(Get(StateOf(sql + "REFRESH MATERIALIZED VIEW m"), id).As<MaterializedView>().populated);
  CHECK(Get(StateOf("CREATE MATERIALIZED VIEW m AS SELECT 1 WITH DATA"), id).As<MaterializedView>().query.sql ==
        "SELECT 1");
  CHECK(ErrorsOf("CREATE TABLE m AS SELECT 1") ==
        "test.sql:1:1: `CREATE TABLE AS` takes its columns from rows, which the files do not hold\n");
}

}  // namespace schemadiff::test::parser_view
