#include "parser_support.h"

namespace schemadiff::test::parser_namespace {

TEST_CASE("public is always there, and may be created") {
  const ObjectId id = ObjectId::Of(ObjectKind::kNamespace, "", "public");
  CHECK(StateOf("").schema.Contains(id));
  CHECK(Get(StateOf("CREATE SCHEMA public"), id).source.ToString() == "test.sql:1:1");
  const DesiredState state = StateOf("CREATE SCHEMA IF NOT EXISTS public; COMMENT ON SCHEMA public IS 'x'");
  CHECK(Get(state, ObjectId::Member(ObjectKind::kComment, id, "")).As<Comment>().text == "x");
}

TEST_CASE("a schema is named after its owner when it has no name") {
  CHECK(StateOf("CREATE SCHEMA AUTHORIZATION joe").schema.Contains(ObjectId::Of(ObjectKind::kNamespace, "", "joe")));
  CHECK(ErrorsOf("CREATE SCHEMA AUTHORIZATION current_user") ==
        "test.sql:1:29: the name of this schema depends on who runs it\n");
}

TEST_CASE("a schema declared twice") {
  CHECK(ErrorsOf("CREATE SCHEMA a; CREATE SCHEMA a") == "test.sql:1:18: schema `a` is declared twice\n");
  CHECK(ErrorsOf("CREATE SCHEMA a; CREATE SCHEMA IF NOT EXISTS a") == "");
}

TEST_CASE("the elements of CREATE SCHEMA are created in it") {
  const DesiredState state = StateOf(
      "CREATE SCHEMA a CREATE VIEW v AS SELECT 1 AS x, g(2) CREATE SEQUENCE s OWNED BY t.id\n"
      "CREATE TABLE t (id int CHECK (id > 0));"
      "CREATE FUNCTION a.g(int) RETURNS int LANGUAGE sql RETURN 1");
  const Object& view = Get(state, ObjectId::Of(ObjectKind::kView, "a", "v"));
  CHECK(view.As<View>().query.sql == "SELECT 1 AS x, a.g(2)");
  CHECK(state.schema.Contains(ObjectId::Of(ObjectKind::kTable, "a", "t")));
  const ObjectId column = ObjectId::Member(ObjectKind::kColumn, ObjectId::Of(ObjectKind::kTable, "a", "t"), "id");
  CHECK(Get(state, ObjectId::Of(ObjectKind::kSequence, "a", "s")).As<Sequence>().owned_by == column);
}

}  // namespace schemadiff::test::parser_namespace
