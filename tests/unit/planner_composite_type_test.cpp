#include "planner_rules_support.h"

namespace schemadiff::test::planner_composite_type {
namespace {

const ObjectId kPoint = ObjectId::Of(ObjectKind::kCompositeType, "app", "point");
const ObjectId kTable = ObjectId::Of(ObjectKind::kTable, "app", "place");

Schema With(std::vector<CompositeAttribute> attributes, bool used) {
  Schema schema = SchemaOf({Fact(kPoint, CompositeType{std::move(attributes)})});
  if (!used) return schema;
  schema.Add(Fact(kTable, Table{}));
  schema.Add(Fact(ObjectId::Member(ObjectKind::kColumn, kTable, "at"), Column{.type = {"app.point"}}, {kPoint}));
  return schema;
}

const CompositeAttribute kX{.name = "x", .type = {"integer"}};
const CompositeAttribute kWideX{.name = "x", .type = {"bigint"}};
const CompositeAttribute kY{.name = "y", .type = {"integer"}};
const CompositeAttribute kName{.name = "Name", .type = {"text"}, .collation = "\"C\""};

TEST_CASE("attributes are added at the end and dropped in place, also where columns use the type") {
  const auto steps = StepsBetween(With({kX, kY}, true), With({kX, kName}, true));
  CHECK(SqlOf(steps) == Sql{"ALTER TYPE app.point DROP ATTRIBUTE y, ADD ATTRIBUTE \"Name\" text COLLATE \"C\""});
  CHECK(HasHazard(steps.front(), HazardKind::kDataLoss));
  CHECK(steps.front().locks == std::vector<Lock>{{"app.point", LockMode::kAccessExclusive}});
  CHECK_FALSE(HasHazard(StepsBetween(With({kX, kY}, false), With({kX}, false)).front(), HazardKind::kDataLoss));
}

TEST_CASE("an attribute's type that changes writes the tables of the type anew") {
  const auto with = [](CompositeAttribute attribute) {
    Schema schema = With({std::move(attribute)}, false);
    schema.Add(Fact(kTable, Table{.of_type = {"app.point"}}, {kPoint}));
    return schema;
  };
  const auto steps = StepsBetween(with(kWideX), with(kX));
  CHECK(SqlOf(steps) == Sql{"ALTER TYPE app.point ALTER ATTRIBUTE x SET DATA TYPE integer CASCADE"});
  CHECK(steps.front().rewrites == Sql{"app.place"});
  CHECK(HasHazard(steps.front(), HazardKind::kTableRewrite));
  CHECK(HasHazard(steps.front(), HazardKind::kBlocksReads));
  CHECK(HasHazard(steps.front(), HazardKind::kMayFail));
  const auto widened = StepsBetween(with({.name = "v", .type = {"character varying(3)"}}),
                                    with({.name = "v", .type = {"character varying(5)"}}));
  CHECK(widened.front().rewrites.empty());
}

TEST_CASE("an attribute's type changes in place only while no column uses the type") {
  CHECK(SqlBetween(With({kX}, false), With({kWideX}, false)) ==
        Sql{"ALTER TYPE app.point ALTER ATTRIBUTE x SET DATA TYPE bigint"});
  const Sql sql = SqlBetween(With({kX}, true), With({kWideX}, true));
  REQUIRE(sql.size() == 4);
  CHECK(sql[0] == "ALTER TYPE app.point RENAME TO point__old");
  CHECK(sql[1] == "CREATE TYPE app.point AS (x bigint)");
  CHECK(sql[2].starts_with("ALTER TABLE app.place ALTER COLUMN at TYPE app.point"));
  CHECK(sql[3] == "DROP TYPE app.point__old");
}

TEST_CASE("values keep their attributes by name") {
  const Sql sql = SqlBetween(With({kX, kY}, true), With({kY, kWideX, kName}, true));
  REQUIRE(sql.size() == 4);
  CHECK(sql[2] ==
        "ALTER TABLE app.place ALTER COLUMN at TYPE app.point USING CASE WHEN at IS DISTINCT FROM NULL THEN "
        "ROW((at).y, (at).x::text::bigint, NULL)::app.point END");
}

TEST_CASE("values in arrays keep them by place, which is announced") {
  const auto nested = [](std::vector<CompositeAttribute> attributes) {
    Schema schema = With(std::move(attributes), true);
    schema.Add(Fact(ObjectId::Member(ObjectKind::kColumn, kTable, "all"), Column{.type = {"app.point[]"}}, {kPoint}));
    return schema;
  };
  CHECK(HasHazard(StepsBetween(nested({kX, kY}), nested({kY, kX})).front(), HazardKind::kDataLoss));
  CHECK_FALSE(HasHazard(StepsBetween(With({kX, kY}, true), With({kY, kX}, true)).front(), HazardKind::kDataLoss));
}

TEST_CASE("another order of attributes makes the type anew") {
  CHECK(SqlBetween(With({kX, kY}, false), With({kY, kX}, false))[1] ==
        "CREATE TYPE app.point AS (y integer, x integer)");
  CHECK(SqlBetween(With({kX}, false), With({kY, kX}, false))[1] == "CREATE TYPE app.point AS (y integer, x integer)");
}

}  // namespace
}  // namespace schemadiff::test::planner_composite_type
