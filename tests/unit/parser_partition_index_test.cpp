#include "model/partition_index.h"
#include "parser_support.h"

namespace schemadiff::test::parser_partition_index {
namespace {

const std::string kPartitioned =
    "CREATE TABLE p (a int, b int) PARTITION BY LIST (a); CREATE TABLE p1 PARTITION OF p FOR VALUES IN (1);";

ObjectId In(std::string_view table, ObjectKind kind, std::string_view name) {
  return ObjectId::Member(kind, Public(ObjectKind::kTable, table), name);
}

TEST_CASE("a new partitioned index takes the oldest index that fits, with or without a constraint") {
  const DesiredState state =
      StateOf(kPartitioned +
              "CREATE UNIQUE INDEX other ON p1 (b); ALTER TABLE p1 ADD CONSTRAINT k UNIQUE (a, b);"
              "CREATE UNIQUE INDEX late ON p1 (a, b DESC); CREATE UNIQUE INDEX whole ON p (a, b);");
  const ObjectId whole = In("p", ObjectKind::kIndex, "whole");
  const ObjectId key = In("p1", ObjectKind::kKey, "k");
  CHECK(WholeOf(Get(state, key)) == whole);
  CHECK(HasEdge(Get(state, whole), key));
  CHECK(!WholeOf(Get(state, In("p1", ObjectKind::kIndex, "late"))));
  CHECK(!WholeOf(Get(state, In("p1", ObjectKind::kIndex, "other"))));
}

TEST_CASE("a key takes only keys of its kind, and ONLY takes none") {
  const DesiredState state =
      StateOf(kPartitioned +
              "CREATE UNIQUE INDEX plain ON p1 (a); ALTER TABLE p1 ADD CONSTRAINT pk PRIMARY KEY (a, b);"
              "ALTER TABLE p ADD CONSTRAINT k UNIQUE (a); ALTER TABLE p ADD CONSTRAINT k2 UNIQUE (a, b);"
              "CREATE INDEX x ON p1 (b); CREATE INDEX whole ON ONLY p (b);");
  CHECK(!WholeOf(Get(state, In("p1", ObjectKind::kIndex, "plain"))));
  CHECK(!WholeOf(Get(state, In("p1", ObjectKind::kKey, "pk"))));
  CHECK(!WholeOf(Get(state, In("p1", ObjectKind::kIndex, "x"))));
}

TEST_CASE("a table that is attached brings its indexes along, and ATTACH PARTITION attaches one") {
  const DesiredState state = StateOf(
      "CREATE TABLE p (a int, b int, PRIMARY KEY (a)) PARTITION BY LIST (a); CREATE INDEX whole ON p (b);"
      "CREATE TABLE p2 (a int NOT NULL, b int, CONSTRAINT p2_k PRIMARY KEY (a)); CREATE INDEX p2_b ON p2 (b);"
      "CREATE TABLE p3 (a int NOT NULL, b int, CONSTRAINT p3_k PRIMARY KEY (a));"
      "ALTER TABLE p ATTACH PARTITION p2 FOR VALUES IN (2);"
      "ALTER TABLE ONLY p ATTACH PARTITION p3 FOR VALUES IN (3); CREATE INDEX p3_b ON p3 (b);"
      "ALTER INDEX whole ATTACH PARTITION p3_b;");
  CHECK(WholeOf(Get(state, In("p2", ObjectKind::kKey, "p2_k"))) == In("p", ObjectKind::kKey, "p_pkey"));
  CHECK(WholeOf(Get(state, In("p2", ObjectKind::kIndex, "p2_b"))) == In("p", ObjectKind::kIndex, "whole"));
  CHECK(WholeOf(Get(state, In("p3", ObjectKind::kIndex, "p3_b"))) == In("p", ObjectKind::kIndex, "whole"));
}

TEST_CASE("indexes of a table that is detached stand alone") {
  const DesiredState state =
      StateOf(kPartitioned +
              "CREATE TABLE p2 (a int, b int); CREATE INDEX own ON p2 (b); CREATE INDEX whole ON p (b);"
              "ALTER TABLE p ATTACH PARTITION p2 FOR VALUES IN (2); ALTER TABLE p DETACH PARTITION p2;");
  const ObjectId own = In("p2", ObjectKind::kIndex, "own");
  CHECK(!WholeOf(Get(state, own)));
  CHECK(!HasEdge(Get(state, In("p", ObjectKind::kIndex, "whole")), own));
}

TEST_CASE("a part is as PostgreSQL makes it when it has the name that it would have, and nothing of its own") {
  const DesiredState state =
      StateOf(kPartitioned +
              "CREATE INDEX p1_b_idx ON p1 (b); CREATE INDEX whole ON p (b);"
              "CREATE INDEX p1_a_idx ON p1 (a) WITH (fillfactor = 50); CREATE INDEX whole2 ON p (a);"
              "CREATE INDEX named ON p1 (a, b); CREATE INDEX whole3 ON p (a, b);"
              "CREATE INDEX p1_abs_idx ON p1 (abs(b)); CREATE INDEX whole4 ON p (abs(b));"
              "ALTER TABLE p1 ADD PRIMARY KEY (a, b); ALTER TABLE p ADD CONSTRAINT k PRIMARY KEY (a, b);");
  const auto is_as_made = [&](ObjectKind kind, std::string_view part) {
    const Object& object = Get(state, In("p1", kind, part));
    REQUIRE(WholeOf(object));
    return IsAsMade(object, Get(state, WholeOf(object)));
  };
  CHECK(is_as_made(ObjectKind::kIndex, "p1_b_idx"));
  CHECK(!is_as_made(ObjectKind::kIndex, "p1_a_idx"));
  CHECK(!is_as_made(ObjectKind::kIndex, "named"));
  CHECK(!is_as_made(ObjectKind::kIndex, "p1_abs_idx"));
  CHECK(is_as_made(ObjectKind::kKey, "p1_pkey"));
}

TEST_CASE("an index without a name has that of its columns, calls, fields and subscripts") {
  const auto name = [](const std::string& keys) {
    const DesiredState state = StateOf("CREATE TYPE ct AS (x int); CREATE TABLE t (a int, arr int[], c ct);" +
                                       ("CREATE INDEX ON t (" + keys + ");"));
    std::string found;
    for (const Object* member : state.schema.Members(Public(ObjectKind::kTable, "t"))) {
      if (member->id.kind() == ObjectKind::kIndex) found = member->id.name();
    }
    return found;
  };
  CHECK(name("a, (a + 1)") == "t_a_expr_idx");
  CHECK(name("(arr[1])") == "t_arr_idx");
  CHECK(name("((c).x)") == "t_x_idx");
  CHECK(name("abs(a), (a::text)") == "t_abs_a_idx");
  CHECK(name("(('x' || a)::bytea)") == "t_bytea_idx");
  CHECK(name("coalesce(a, 0), (CASE WHEN a > 0 THEN 1 END)") == "t_coalesce_case_idx");
}

TEST_CASE("DEFAULT NULL is none, unless the type converts it") {
  const DesiredState state = StateOf(
      "CREATE DOMAIN d AS int; CREATE TABLE t (a int DEFAULT NULL, b varchar(9) DEFAULT NULL, c varchar DEFAULT NULL, "
      "e d DEFAULT NULL, f int DEFAULT NULL::integer, g bigint DEFAULT NULL::int, h varchar DEFAULT CAST(NULL AS "
      "varchar),"
      "i d DEFAULT NULL::d, j varchar(9) DEFAULT NULL::varchar);");
  const auto has = [&](const char* column) {
    const ObjectId id = ObjectId::Member(ObjectKind::kColumn, Public(ObjectKind::kTable, "t"), column);
    return state.schema.Contains(ObjectId::Member(ObjectKind::kColumnDefault, id, ""));
  };
  CHECK(!has("a"));
  CHECK(has("b"));
  CHECK(!has("c"));
  CHECK(has("e"));
  CHECK_FALSE(has("f"));
  CHECK(has("g"));
  CHECK_FALSE(has("h"));
  CHECK(has("i"));
  CHECK(has("j"));
}

TEST_CASE("what names no tablespace is where the session says") {
  const DesiredState state = StateOf(
      "SET default_tablespace = fast; CREATE TABLE t (a int PRIMARY KEY); CREATE TABLE u (a int) TABLESPACE slow;"
      "SET default_tablespace = ''; CREATE TABLE p (a int) PARTITION BY LIST (a) TABLESPACE slow;"
      "CREATE TABLE p1 PARTITION OF p FOR VALUES IN (1); CREATE TABLE v (a int) TABLESPACE pg_default;");
  const auto space = [&](const char* table) {
    return Get(state, Public(ObjectKind::kTable, table)).As<Table>().tablespace;
  };
  CHECK(space("t") == "fast");
  CHECK(Get(state, In("t", ObjectKind::kKey, "t_pkey")).As<Key>().tablespace == "fast");
  CHECK(space("u") == "slow");
  CHECK(space("p1") == "slow");
  CHECK(space("v").empty());
}

TEST_CASE("an annotation above an ALTER TABLE with one subcommand speaks of that") {
  const DesiredState state =
      StateOf("CREATE TABLE t (a int);\n-- schemadiff:renamed-from old\nALTER TABLE t\n  ADD CONSTRAINT k UNIQUE (a);");
  const Object& key = Get(state, In("t", ObjectKind::kKey, "k"));
  REQUIRE(key.annotations);
  CHECK(key.annotations->renamed_from == std::vector<std::string>{"old"});
}

}  // namespace
}  // namespace schemadiff::test::parser_partition_index
