#include "parser_support.h"

namespace schemadiff::test::parser_not_null {
namespace {

ObjectId Of(std::string_view table, std::string_view column) {
  const ObjectId id = ObjectId::Member(ObjectKind::kColumn, Public(ObjectKind::kTable, table), column);
  return ObjectId::Member(ObjectKind::kNotNull, id, "");
}

const NotNull* Find(const DesiredState& state, std::string_view table, std::string_view column) {
  const Object* object = state.schema.Find(Of(table, column));
  return object == nullptr ? nullptr : &object->As<NotNull>();
}

TEST_CASE("NOT NULL is declared, implied, set and dropped") {
  const DesiredState state = StateOf(
      "CREATE TABLE t (a int NOT NULL, b int PRIMARY KEY, c int GENERATED ALWAYS AS IDENTITY, d serial, e int, f int "
      "NOT NULL); ALTER TABLE t ALTER e SET NOT NULL, ALTER f DROP NOT NULL;");
  for (const char* column : {"a", "b", "c", "d", "e"}) CHECK_MESSAGE(Find(state, "t", column), column);
  CHECK(!Find(state, "t", "f"));
}

TEST_CASE("a given name counts, wherever it stands") {
  const DesiredState state = StateOf(
      "CREATE TABLE t (a int PRIMARY KEY CONSTRAINT a_given NOT NULL, b int, CONSTRAINT b_given NOT NULL b NO INHERIT);"
      "ALTER TABLE t ADD c int; ALTER TABLE t ADD CONSTRAINT c_given NOT NULL c NOT VALID;");
  CHECK(Find(state, "t", "a")->name == "a_given");
  CHECK(*Find(state, "t", "b") == NotNull{.name = "b_given", .no_inherit = true});
  CHECK(*Find(state, "t", "c") == NotNull{.name = "c_given", .valid = false});
}

TEST_CASE("it is dropped, renamed, validated and commented on by its name, also by the one that PostgreSQL makes") {
  const DesiredState state = StateOf(
      "CREATE TABLE t (a int NOT NULL, b int CONSTRAINT given NOT NULL, c int NOT NULL, d int);"
      "ALTER TABLE t DROP CONSTRAINT t_a_not_null; ALTER TABLE t RENAME CONSTRAINT given TO other;"
      "COMMENT ON CONSTRAINT t_c_not_null ON t IS 'made';"
      "ALTER TABLE t ADD CONSTRAINT late NOT NULL d NOT VALID; ALTER TABLE t VALIDATE CONSTRAINT late;"
      "ALTER TABLE t ALTER CONSTRAINT late NO INHERIT;");
  CHECK(!Find(state, "t", "a"));
  CHECK(Find(state, "t", "b")->name == "other");
  CHECK(state.schema.Contains(ObjectId::Member(ObjectKind::kComment, Of("t", "c"), "")));
  CHECK(*Find(state, "t", "d") == NotNull{.name = "late", .no_inherit = true});
}

TEST_CASE("a rename and LIKE keep the name that was made before") {
  const DesiredState state = StateOf(
      "CREATE TABLE t (a int NOT NULL); ALTER TABLE t RENAME a TO b; ALTER TABLE t RENAME TO u;"
      "CREATE TABLE copy (LIKE u);");
  CHECK(Find(state, "u", "b")->name == "t_a_not_null");
  CHECK(Find(state, "copy", "b")->name == "t_a_not_null");
}

TEST_CASE("a partition has its own where no parent has it") {
  const DesiredState state = StateOf(
      "CREATE TABLE p (a int NOT NULL, b int, c int) PARTITION BY LIST (a);"
      "CREATE TABLE p1 PARTITION OF p (a NOT NULL, b NOT NULL) FOR VALUES IN (1) PARTITION BY LIST (b);"
      "CREATE TABLE p11 (a int NOT NULL, b int NOT NULL, c int NOT NULL);"
      "ALTER TABLE p1 ATTACH PARTITION p11 FOR VALUES IN (1);");
  CHECK(!Find(state, "p1", "a"));
  CHECK(Find(state, "p1", "b"));
  CHECK(!Find(state, "p11", "a"));
  CHECK(!Find(state, "p11", "b"));
  CHECK(Find(state, "p11", "c"));
}

TEST_CASE("a column that there is not cannot be NOT NULL") {
  CHECK(ErrorsOf("CREATE TABLE t (a int, CONSTRAINT x NOT NULL b);").contains("`b`"));
}

TEST_CASE("of keys over the same columns in one statement there is one, by the first name given") {
  const auto keys = [](const std::string& sql) {
    std::string names;
    const DesiredState state = StateOf(sql);
    for (const Object* member : state.schema.Members(Public(ObjectKind::kTable, "t"))) {
      if (const Key* key = member->If<Key>()) names += member->id.name() + (key->primary ? " primary;" : ";");
    }
    return names;
  };
  CHECK(keys("CREATE TABLE t (a int UNIQUE PRIMARY KEY);") == "t_pkey primary;");
  CHECK(keys("CREATE TABLE t (a int, PRIMARY KEY (a), CONSTRAINT given UNIQUE (a));") == "given primary;");
  CHECK(keys("CREATE TABLE t (a int UNIQUE, b int, UNIQUE (a), UNIQUE (a, b));") == "t_a_key;t_a_b_key;");
  CHECK(keys("CREATE TABLE t (a int PRIMARY KEY, UNIQUE (a) DEFERRABLE);") == "t_pkey primary;t_a_key;");
  CHECK(keys("CREATE TABLE t (a int PRIMARY KEY); ALTER TABLE t ADD UNIQUE (a);") == "t_pkey primary;t_a_key;");
}

}  // namespace
}  // namespace schemadiff::test::parser_not_null
