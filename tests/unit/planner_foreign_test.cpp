#include "planner_rules_support.h"

namespace schemadiff::test::planner_foreign {
namespace {

const ObjectId kWrapper = ObjectId::Of(ObjectKind::kForeignDataWrapper, "", "w");
const ObjectId kServer = ObjectId::Of(ObjectKind::kForeignServer, "", "s");
const ObjectId kMapping = ObjectId::Member(ObjectKind::kUserMapping, kServer, "bob");
const ObjectId kTable = ObjectId::Of(ObjectKind::kForeignTable, "app", "t");
const ObjectId kColumn = ObjectId::Member(ObjectKind::kColumn, kTable, "a");

Schema With(ForeignServer server, UserMapping mapping = {}, ForeignTable table = {.server = "s"}) {
  server.wrapper = "w";
  return SchemaOf({Fact(kWrapper, ForeignDataWrapper{}), Fact(kServer, std::move(server), {kWrapper}),
                   Fact(kMapping, std::move(mapping)), Fact(kTable, std::move(table), {kServer}),
                   Fact(kColumn, Column{.type = {"integer"}, .foreign_options = {{"column_name", "A"}}})});
}

TEST_CASE("foreign data is created from the wrapper down") {
  CHECK(SqlBetween(Schema(), With({.type = "x", .options = {{"host", "h"}}}, {.options = {{"user", "u"}}})) ==
        Sql{"CREATE FOREIGN DATA WRAPPER w", "CREATE SERVER s TYPE 'x' FOREIGN DATA WRAPPER w OPTIONS (host '***')",
            "CREATE USER MAPPING FOR bob SERVER s OPTIONS (\"user\" '***')",
            "CREATE FOREIGN TABLE app.t (\n  a integer OPTIONS (column_name 'A')\n) SERVER s"});
}

TEST_CASE("options change one by one, and what they are is for the server alone") {
  const auto steps = StepsBetween(With({}, {.options = {{"a", "1"}, {"b", "2"}, {"c", "3"}}}),
                                  With({}, {.options = {{"a", "1"}, {"b", "9"}, {"d", "4"}}}));
  REQUIRE(steps.size() == 1);
  CHECK(SqlOf(steps) == Sql{"ALTER USER MAPPING FOR bob SERVER s OPTIONS (DROP c, SET b '***', ADD d '***')"});
  CHECK(steps[0].masked == 1);
  CHECK(steps[0].undo.empty());
  CHECK(steps[0].secrets.Reveal(steps[0].sql) ==
        Sql{"ALTER USER MAPPING FOR bob SERVER s OPTIONS (DROP c, SET b '9', ADD d '4')"});
}

TEST_CASE("a server's type makes it anew, with its mappings and tables") {
  const auto sql = SqlBetween(With({.type = "x"}), With({.type = "y"}));
  CHECK(sql == Sql{"DROP USER MAPPING FOR bob SERVER s", "DROP FOREIGN TABLE app.t", "DROP SERVER s",
                   "CREATE SERVER s TYPE 'y' FOREIGN DATA WRAPPER w", "CREATE USER MAPPING FOR bob SERVER s",
                   "CREATE FOREIGN TABLE app.t (\n  a integer OPTIONS (column_name 'A')\n) SERVER s"});
  CHECK(SqlBetween(With({.version = "1"}), With({})) == Sql{"ALTER SERVER s VERSION NULL"});
}

TEST_CASE("options of tables are shown, unless they speak of a secret") {
  CHECK(SqlBetween(With({}), With({}, {}, {.server = "s", .options = {{"password", "x"}, {"table_name", "T"}}})) ==
        Sql{"ALTER FOREIGN TABLE app.t OPTIONS (ADD password '***', ADD table_name 'T')"});
}

}  // namespace
}  // namespace schemadiff::test::planner_foreign
