#include "parser_support.h"

namespace schemadiff::test::parser_foreign {
namespace {

const ObjectId kWrapper = ObjectId::Of(ObjectKind::kForeignDataWrapper, "", "w");
const ObjectId kServer = ObjectId::Of(ObjectKind::kForeignServer, "", "s");
const ObjectId kTable = Public(ObjectKind::kForeignTable, "t");
constexpr const char* kBase = "CREATE FOREIGN DATA WRAPPER w; CREATE SERVER s FOREIGN DATA WRAPPER w;";

std::string Based(const std::string& sql) { return kBase + sql; }

}  // namespace

TEST_CASE("foreign data: wrappers and servers, altered") {
  const DesiredState state = StateOf(
      "CREATE SERVER s TYPE 'db' VERSION '1' FOREIGN DATA WRAPPER w OPTIONS (host 'a', port '1');"
      "CREATE FOREIGN DATA WRAPPER w VALIDATOR postgresql_fdw_validator OPTIONS (x '1');"
      "ALTER FOREIGN DATA WRAPPER w NO VALIDATOR OPTIONS (SET x '2');"
      "ALTER SERVER s VERSION NULL; ALTER SERVER s OPTIONS (DROP port, SET host 'b', ADD dbname 'd')");
  CHECK(Get(state, kWrapper).As<ForeignDataWrapper>() == ForeignDataWrapper{.options = {{"x", "2"}}});
  CHECK(Get(state, kServer).As<ForeignServer>() ==
        ForeignServer{.wrapper = "w", .type = "db", .options = {{"dbname", "d"}, {"host", "b"}}});
  CHECK(HasEdge(Get(state, kServer), kWrapper));
}

TEST_CASE("foreign data: a handler is a function without arguments, a validator one with two") {
  const DesiredState state = StateOf(
      "CREATE FOREIGN DATA WRAPPER w HANDLER h VALIDATOR v;"
      "CREATE FUNCTION h() RETURNS fdw_handler LANGUAGE c AS 'l', 'h';"
      "CREATE FUNCTION v(text[], oid) RETURNS void LANGUAGE c AS 'l', 'v'");
  CHECK(Get(state, kWrapper).As<ForeignDataWrapper>().handler == "public.h");
  CHECK(HasEdge(Get(state, kWrapper), Public(ObjectKind::kRoutine, "v", "text[], oid")));
}

TEST_CASE("foreign data: user mappings belong to their server") {
  const DesiredState state =
      StateOf(Based("CREATE USER MAPPING FOR PUBLIC SERVER s; CREATE USER MAPPING FOR bob SERVER s OPTIONS (user 'b');"
                    "ALTER USER MAPPING FOR bob SERVER s OPTIONS (ADD password 'p');"
                    "CREATE USER MAPPING FOR eve SERVER s; DROP USER MAPPING FOR eve SERVER s"));
  CHECK(Get(state, ObjectId::Member(ObjectKind::kUserMapping, kServer, "bob")).As<UserMapping>().options ==
        Options{{"password", "p"}, {"user", "b"}});
  CHECK(state.schema.Contains(ObjectId::Member(ObjectKind::kUserMapping, kServer, "public")));
  CHECK(state.schema.Members(kServer).size() == 2);
}

TEST_CASE("foreign tables: columns, checks and options") {
  const DesiredState state =
      StateOf(Based("CREATE FOREIGN TABLE t (a integer OPTIONS (column_name 'A') NOT NULL, b text,"
                    " CHECK (a > 0) NOT VALID) SERVER s OPTIONS (table_name 'T');"
                    "ALTER FOREIGN TABLE t OPTIONS (SET table_name 'U');"
                    "ALTER FOREIGN TABLE t ALTER COLUMN b OPTIONS (ADD column_name 'B'), ADD COLUMN c integer;"
                    "COMMENT ON FOREIGN TABLE t IS 'there'; COMMENT ON COLUMN t.a IS 'key'"));
  CHECK(Get(state, kTable).As<ForeignTable>() == ForeignTable{.server = "s", .options = {{"table_name", "U"}}});
  const ObjectId column = ObjectId::Member(ObjectKind::kColumn, kTable, "a");
  const Column& a = Get(state, column).As<Column>();
  CHECK(state.schema.Contains(ObjectId::Member(ObjectKind::kNotNull, column, "")));
  CHECK(a.foreign_options == Options{{"column_name", "A"}});
  CHECK(Get(state, ObjectId::Member(ObjectKind::kColumn, kTable, "b")).As<Column>().foreign_options ==
        Options{{"column_name", "B"}});
  CHECK_FALSE(Get(state, ObjectId::Member(ObjectKind::kCheck, kTable, "t_a_check")).As<Check>().valid);
  CHECK(state.schema.Contains(ObjectId::Member(ObjectKind::kComment, kTable, "")));
}

TEST_CASE("foreign tables: partitions and children") {
  const DesiredState state =
      StateOf(Based("CREATE TABLE p (a integer) PARTITION BY LIST (a);"
                    "CREATE FOREIGN TABLE t PARTITION OF p FOR VALUES IN (1) SERVER s;"
                    "CREATE TABLE q (a integer NOT NULL); CREATE FOREIGN TABLE u (b integer) INHERITS (q) SERVER s"));
  CHECK(Get(state, kTable).As<ForeignTable>().partition_of == Public(ObjectKind::kTable, "p"));
  CHECK(Get(state, kTable).As<ForeignTable>().partition_bound.sql == "FOR VALUES IN (1)");
  CHECK(Get(state, Public(ObjectKind::kForeignTable, "u")).As<ForeignTable>().inherits ==
        std::vector{Public(ObjectKind::kTable, "q")});
}

TEST_CASE("foreign data: what cannot be") {
  CHECK(ErrorsOf("CREATE SERVER s FOREIGN DATA WRAPPER w") ==
        "test.sql:1:1: foreign-data wrapper `w` does not exist\n");
  CHECK(ErrorsOf("CREATE FOREIGN TABLE t () SERVER s") == "test.sql:1:1: foreign server `s` does not exist\n");
  CHECK(ErrorsOf(Based("ALTER SERVER s OPTIONS (SET host 'x')")).contains("option `host` does not exist"));
  CHECK(ErrorsOf(Based("CREATE USER MAPPING FOR u SERVER s OPTIONS (a '1', a '2')")).contains("`a` is given twice"));
  CHECK(ErrorsOf(Based("IMPORT FOREIGN SCHEMA x FROM SERVER s INTO public")).contains("only the foreign server knows"));
}

}  // namespace schemadiff::test::parser_foreign
