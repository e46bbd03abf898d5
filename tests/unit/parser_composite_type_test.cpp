#include "parser_support.h"

namespace schemadiff::test::parser_composite_type {
namespace {

const ObjectId kC = Public(ObjectKind::kCompositeType, "c");

}  // namespace

TEST_CASE("composite type: attributes in their order") {
  const DesiredState state =
      StateOf("CREATE TYPE c AS (b numeric(10,2)[], a text COLLATE \"C\", m mood); CREATE TYPE mood AS ENUM ('x')");
  CHECK(Get(state, kC).As<CompositeType>().attributes == std::vector<CompositeAttribute>{{"b", {"numeric(10,2)[]"}, ""},
                                                                                         {"a", {"text"}, "\"C\""},
                                                                                         {"m", {"public.mood"}, ""}});
  CHECK(HasEdge(Get(state, kC), Public(ObjectKind::kEnum, "mood")));
  CHECK(StateOf("CREATE TYPE c AS ()").schema.Contains(kC));
  CHECK(ErrorsOf("CREATE TYPE c AS (a int, a text)") == "test.sql:1:26: attribute `a` is declared twice\n");
}

TEST_CASE("composite type: altered") {
  const DesiredState state = StateOf(
      "ALTER TYPE c ADD ATTRIBUTE z int, DROP ATTRIBUTE m, ALTER ATTRIBUTE a TYPE bigint CASCADE;"
      "ALTER TYPE c RENAME ATTRIBUTE a TO y;"
      "CREATE TYPE mood AS ENUM ('x'); CREATE TYPE c AS (a int, m mood)");
  CHECK(Get(state, kC).As<CompositeType>().attributes ==
        std::vector<CompositeAttribute>{{"y", {"bigint"}, ""}, {"z", {"integer"}, ""}});
  CHECK(Get(state, kC).edges.empty());
  CHECK(ErrorsOf("CREATE TYPE c AS (a int); ALTER TYPE c DROP ATTRIBUTE IF EXISTS x") == "");
  CHECK(ErrorsOf("CREATE TYPE c AS (a int); ALTER TYPE c DROP ATTRIBUTE x") ==
        "test.sql:1:27: attribute `public.c.x` does not exist\n");
}

TEST_CASE("a composite type shares its name space with tables") {
  CHECK(ErrorsOf("CREATE TYPE c AS (a int); CREATE SEQUENCE c") ==
        "test.sql:1:27: relation `public.c` is declared twice\n");
}

TEST_CASE("COMMENT and DROP find types of every kind") {
  const DesiredState state = StateOf(
      "CREATE TYPE c AS (a int); CREATE TYPE e AS ENUM (); CREATE DOMAIN d AS int;"
      "COMMENT ON TYPE c IS '1'; COMMENT ON TYPE public.e IS '2'; COMMENT ON TYPE d IS '3'; COMMENT ON DOMAIN d IS '4';"
      "CREATE TYPE gone AS ENUM (); DROP TYPE gone");
  const auto comment = [&](ObjectId id) {
    return Get(state, ObjectId::Member(ObjectKind::kComment, id, "")).As<Comment>().text;
  };
  CHECK(comment(kC) == "1");
  CHECK(comment(Public(ObjectKind::kEnum, "e")) == "2");
  CHECK(comment(Public(ObjectKind::kDomain, "d")) == "4");
  CHECK(!state.schema.Contains(Public(ObjectKind::kEnum, "gone")));
}

}  // namespace schemadiff::test::parser_composite_type
