#include "planner_rules_support.h"

namespace schemadiff::test::planner_sequence {
namespace {

const ObjectId kSequence = ObjectId::Of(ObjectKind::kSequence, "app", "t_id_seq");
const ObjectId kTable = ObjectId::Of(ObjectKind::kTable, "app", "t");
const ObjectId kColumn = ObjectId::Member(ObjectKind::kColumn, kTable, "id");

Schema Alone(Sequence sequence) { return SchemaOf({Fact(kSequence, std::move(sequence))}); }

Schema Serial(ObjectId owner) {
  Schema schema = SchemaOf({
      Fact(kSequence, Sequence{.owned_by = owner}),
      Fact(kTable, Table{}),
      Fact(kColumn, Column{.type = {"bigint"}}),
      Fact(ObjectId::Member(ObjectKind::kColumnDefault, kColumn, ""),
           ColumnDefault{{"nextval('app.t_id_seq'::regclass)"}}, {kSequence}),
  });
  if (owner) schema.Find(kSequence)->edges.push_back({owner, EdgeKind::kOwnedBy});
  return schema;
}

TEST_CASE("a sequence is created before the default that uses it, and owned by the column after") {
  const Sql sql = SqlBetween({}, Serial(kColumn));
  REQUIRE(sql.size() == 3);
  CHECK(sql[0] == "CREATE SEQUENCE app.t_id_seq");
  CHECK(sql[1].starts_with("CREATE TABLE app.t "));
  CHECK(sql[2] == "ALTER SEQUENCE app.t_id_seq OWNED BY app.t.id");
}

TEST_CASE("an owner is given and taken") {
  const auto steps = StepsBetween(Serial({}), Serial(kColumn));
  CHECK(SqlOf(steps) == Sql{"ALTER SEQUENCE app.t_id_seq OWNED BY app.t.id"});
  CHECK(steps.front().locks ==
        std::vector<Lock>{{"app.t_id_seq", LockMode::kShareRowExclusive}, {"app.t", LockMode::kAccessShare}});
  CHECK(SqlBetween(Serial(kColumn), Serial({})) == Sql{"ALTER SEQUENCE app.t_id_seq OWNED BY NONE"});
}

TEST_CASE("a sequence that outlives its column is let go of first") {
  Schema desired = Serial({});
  desired.Remove(kColumn);
  const Sql sql = SqlBetween(Serial(kColumn), desired);
  REQUIRE(sql.size() == 2);
  CHECK(sql[0] == "ALTER SEQUENCE app.t_id_seq OWNED BY NONE");
  CHECK(sql[1] == "ALTER TABLE app.t DROP COLUMN id");
}

TEST_CASE("parameters change in one statement, the type first") {
  const Sequence before;
  const Sequence after{.type = {"integer"}, .parameters = {.increment = 5, .max_value = INT32_MAX, .cycle = true}};
  const auto steps = StepsBetween(Alone(before), Alone(after));
  CHECK(
      SqlOf(steps) ==
      Sql{"SELECT pg_catalog.setval('app.t_id_seq', 2147483647, true) FROM app.t_id_seq WHERE last_value > 2147483647",
          "ALTER SEQUENCE app.t_id_seq AS integer INCREMENT BY 5 MINVALUE 1 MAXVALUE 2147483647 CYCLE"});
  CHECK(steps.front().undo ==
        "ALTER SEQUENCE app.t_id_seq AS bigint INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 NO CYCLE");
}

TEST_CASE("the current value moves to the nearest new bound, or starts again where there is no common value") {
  const auto of = [](std::int64_t min, std::int64_t max, std::int64_t increment = 1) {
    return Alone({.parameters = {.start = min, .increment = increment, .min_value = min, .max_value = max}});
  };
  CHECK(SqlBetween(of(1, 100), of(5, 100)).front() ==
        "SELECT pg_catalog.setval('app.t_id_seq', 5, false) FROM app.t_id_seq WHERE last_value < 5");
  // What counts down is past the end below, and stays there.
  CHECK(SqlBetween(of(1, 100, -1), of(5, 100, -1)).front() ==
        "SELECT pg_catalog.setval('app.t_id_seq', 5, true) FROM app.t_id_seq WHERE last_value < 5");
  CHECK(SqlBetween(of(1, 100), of(1, 50)).front() ==
        "SELECT pg_catalog.setval('app.t_id_seq', 50, true) FROM app.t_id_seq WHERE last_value > 50");
  CHECK(SqlBetween(of(1, 100), of(1, 200)) == Sql{"ALTER SEQUENCE app.t_id_seq MAXVALUE 200"});
  CHECK(SqlBetween(of(1, 100), of(200, 300)) ==
        Sql{"ALTER SEQUENCE app.t_id_seq MINVALUE 200 MAXVALUE 300 START WITH 200 RESTART"});
}

TEST_CASE("a sequence is created with what differs from the defaults of its type") {
  CHECK(SqlBetween(
            {}, Alone({.type = {"smallint"}, .parameters = {.start = 7, .max_value = INT16_MAX}, .unlogged = true})) ==
        Sql{"CREATE UNLOGGED SEQUENCE app.t_id_seq AS smallint START WITH 7"});
}

}  // namespace
}  // namespace schemadiff::test::planner_sequence
