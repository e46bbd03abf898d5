#include "planner_rules_support.h"

namespace schemadiff::test::planner_not_null {
namespace {

const ObjectId kTable = ObjectId::Of(ObjectKind::kTable, "app", "t");
const ObjectId kColumn = ObjectId::Member(ObjectKind::kColumn, kTable, "a");
const ObjectId kNotNull = ObjectId::Member(ObjectKind::kNotNull, kColumn, "");
const ObjectId kKey = ObjectId::Member(ObjectKind::kKey, kTable, "t_pkey");

Schema Plain(Column column = {.type = {"integer"}}) {
  return SchemaOf({Fact(kTable, Table{}), Fact(kColumn, std::move(column))});
}

Schema Strict(NotNull not_null = {}, Column column = {.type = {"integer"}}) {
  Schema schema = Plain(std::move(column));
  schema.Add(Fact(kNotNull, std::move(not_null)));
  return schema;
}

Schema Identity() {
  return Strict({}, {.type = {"integer"},
                     .identity = Column::Identity::kAlways,
                     .identity_parameters = {.max_value = INT32_MAX},
                     .identity_sequence = "app.t_a_seq"});
}

TEST_CASE("NOT NULL is part of a new table, with the name that the files give it") {
  CHECK(SqlBetween({}, Strict()) == Sql{"CREATE TABLE app.t (\n  a integer NOT NULL\n)"});
  CHECK(SqlBetween({}, Strict({.name = "n", .no_inherit = true}), 180000) ==
        Sql{"CREATE TABLE app.t (\n  a integer CONSTRAINT n NOT NULL NO INHERIT\n)"});
  CHECK(SqlBetween({}, Strict({.name = "n", .valid = false}), 180000) ==
        Sql{"CREATE TABLE app.t (\n  a integer\n)", "ALTER TABLE app.t ADD CONSTRAINT n NOT NULL a NOT VALID"});
  CHECK(SqlBetween({}, Identity()) == Sql{"CREATE TABLE app.t (\n  a integer GENERATED ALWAYS AS IDENTITY\n)"});
}

TEST_CASE("it is set and dropped") {
  const auto steps = StepsBetween(Plain(), Strict());
  CHECK(SqlOf(steps) == Sql{"ALTER TABLE app.t ALTER COLUMN a SET NOT NULL"});
  CHECK(steps.front().undo == "ALTER TABLE app.t ALTER COLUMN a DROP NOT NULL");
  CHECK(HasHazard(steps.front(), HazardKind::kMayFail));
  CHECK(SqlBetween(Strict(), Plain()) == Sql{"ALTER TABLE app.t ALTER COLUMN a DROP NOT NULL"});
  CHECK(SqlBetween(Plain(), Strict({.name = "n"}), 180000) == Sql{"ALTER TABLE app.t ADD CONSTRAINT n NOT NULL a"});
}

TEST_CASE("a large table is read without blocking writers") {
  const Schema live = Plain();
  const Schema desired = Strict();
  const Delta delta = Diff(live, desired);
  const auto sql = [&](int version) {
    return SqlOf(*PlanSteps({.live = live,
                             .desired = desired,
                             .delta = delta,
                             .session = {.version = version},
                             .sizes = {{kTable, {.rows = 1000000, .bytes = 1 << 30}}}}));
  };
  CHECK(sql(170000) == Sql{"ALTER TABLE app.t ADD CONSTRAINT a_not_null CHECK (a IS NOT NULL) NOT VALID",
                           "ALTER TABLE app.t VALIDATE CONSTRAINT a_not_null",
                           "ALTER TABLE app.t ALTER COLUMN a SET NOT NULL",
                           "ALTER TABLE app.t DROP CONSTRAINT a_not_null"});
  CHECK(sql(180000) == Sql{"ALTER TABLE app.t ADD CONSTRAINT t_a_not_null NOT NULL a NOT VALID",
                           "ALTER TABLE app.t VALIDATE CONSTRAINT t_a_not_null"});
}

TEST_CASE("name, inheritance and validity of the constraint change in place") {
  const NotNull before{.name = "n", .valid = false};
  CHECK(SqlBetween(Strict(before), Strict({.name = "m", .no_inherit = true}), 180000) ==
        Sql{"ALTER TABLE app.t RENAME CONSTRAINT n TO m", "ALTER TABLE app.t ALTER CONSTRAINT m NO INHERIT",
            "ALTER TABLE app.t VALIDATE CONSTRAINT m"});
  CHECK(
      SqlBetween(Strict({.name = "n"}), Strict(before), 180000) ==
      Sql{"ALTER TABLE app.t ALTER COLUMN a DROP NOT NULL", "ALTER TABLE app.t ADD CONSTRAINT n NOT NULL a NOT VALID"});
}

TEST_CASE("a primary key comes after it, and goes before it") {
  Schema keyed = Strict();
  keyed.Add(Fact(kKey, Key{.primary = true, .columns = {"a"}}, {kColumn}));
  const Sql added = SqlBetween(Plain(), keyed);
  REQUIRE(added.size() == 3);
  CHECK(added[0] == "ALTER TABLE app.t ALTER COLUMN a SET NOT NULL");
  const Sql dropped = SqlBetween(keyed, Plain());
  CHECK(dropped == Sql{"ALTER TABLE app.t DROP CONSTRAINT t_pkey", "ALTER TABLE app.t ALTER COLUMN a DROP NOT NULL"});
}

TEST_CASE("an identity comes after it, and goes before it") {
  const Sql added = SqlBetween(Plain(), Identity());
  REQUIRE(added.size() == 3);
  CHECK(added[0] == "ALTER TABLE app.t ALTER COLUMN a SET NOT NULL");
  CHECK(added[1] == "ALTER TABLE app.t ALTER COLUMN a ADD GENERATED ALWAYS AS IDENTITY");
  CHECK(SqlBetween(Identity(), Plain()) ==
        Sql{"ALTER TABLE app.t ALTER COLUMN a DROP IDENTITY", "ALTER TABLE app.t ALTER COLUMN a DROP NOT NULL"});
}

TEST_CASE("a new column is filled before it becomes NOT NULL") {
  const Schema live = SchemaOf({Fact(kTable, Table{})});
  Schema desired = Strict();
  desired.Find(kColumn)->annotations = std::make_shared<Annotations>(Annotations{.backfill = "0"});
  CHECK(SqlBetween(live, desired) == Sql{"ALTER TABLE app.t ADD COLUMN a integer", "UPDATE app.t SET a = 0",
                                         "ALTER TABLE app.t ALTER COLUMN a SET NOT NULL"});
  CHECK(SqlBetween(Plain(), desired) ==
        Sql{"UPDATE app.t SET a = 0 WHERE a IS NULL", "ALTER TABLE app.t ALTER COLUMN a SET NOT NULL"});
}

TEST_CASE("bounds of an identity change before a type that cannot hold them, and after one that can") {
  const auto with = [](const char* type, std::int64_t max) {
    return Strict({}, {.type = {type},
                       .identity = Column::Identity::kAlways,
                       .identity_parameters = {.max_value = max},
                       .identity_sequence = "app.t_a_seq"});
  };
  const Sql narrowed = SqlBetween(with("bigint", 5000000000), with("integer", INT32_MAX));
  REQUIRE(narrowed.size() == 3);
  CHECK(narrowed[1] == "ALTER TABLE app.t ALTER COLUMN a SET MAXVALUE 2147483647");
  CHECK(narrowed[2] == "ALTER TABLE app.t ALTER COLUMN a TYPE integer");
  CHECK(
      SqlBetween(with("integer", 10), with("bigint", 5000000000)) ==
      Sql{"ALTER TABLE app.t ALTER COLUMN a TYPE bigint", "ALTER TABLE app.t ALTER COLUMN a SET MAXVALUE 5000000000"});
}

}  // namespace
}  // namespace schemadiff::test::planner_not_null
