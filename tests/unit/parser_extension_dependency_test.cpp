#include "parser_support.h"

namespace schemadiff::test::parser_extension_dependency {

TEST_CASE("what is dropped with an extension") {
  const std::string sql =
      "CREATE EXTENSION hstore; CREATE TABLE t (c int); CREATE INDEX i ON t (c);"
      "CREATE MATERIALIZED VIEW m AS SELECT 1; CREATE PROCEDURE p(int) LANGUAGE sql AS '';"
      "CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS '';"
      "CREATE TRIGGER g AFTER INSERT ON t EXECUTE FUNCTION f();";
  const DesiredState state = StateOf(
      "ALTER FUNCTION f() DEPENDS ON EXTENSION hstore; ALTER PROCEDURE p(int) DEPENDS ON EXTENSION hstore;"
      "ALTER TRIGGER g ON t DEPENDS ON EXTENSION hstore; ALTER INDEX i DEPENDS ON EXTENSION hstore;"
      "ALTER MATERIALIZED VIEW m DEPENDS ON EXTENSION hstore;" +
      sql);
  const ObjectId table = Public(ObjectKind::kTable, "t");
  const ObjectId extension = ObjectId::Of(ObjectKind::kExtension, "", "hstore");
  for (const ObjectId dependent :
       {Public(ObjectKind::kRoutine, "f"), Public(ObjectKind::kRoutine, "p", "integer"),
        Public(ObjectKind::kMaterializedView, "m"), ObjectId::Member(ObjectKind::kTrigger, table, "g"),
        ObjectId::Member(ObjectKind::kIndex, table, "i")}) {
    CHECK(HasEdge(Get(state, ObjectId::Member(ObjectKind::kExtensionDependency, dependent, "hstore")), extension));
  }
  CHECK(!StateOf(sql + "ALTER INDEX i DEPENDS ON EXTENSION hstore; ALTER INDEX i NO DEPENDS ON EXTENSION hstore")
             .schema.Contains(ObjectId::Member(ObjectKind::kExtensionDependency,
                                               ObjectId::Member(ObjectKind::kIndex, table, "i"), "hstore")));
  CHECK(ErrorsOf("CREATE TABLE t (c int); CREATE INDEX i ON t (c); ALTER INDEX i DEPENDS ON EXTENSION nowhere") ==
        "test.sql:1:50: extension `nowhere` does not exist\n");
  CHECK(ErrorsOf("ALTER TRIGGER g ON t DEPENDS ON EXTENSION hstore") ==
        "test.sql:1:1: object `g ON t` does not exist\n");
}

}  // namespace schemadiff::test::parser_extension_dependency
