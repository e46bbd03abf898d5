#include "planner_rules_support.h"

namespace schemadiff::test::planner_publication {
namespace {

const ObjectId kTable = ObjectId::Of(ObjectKind::kTable, "app", "t");
const ObjectId kColumn = ObjectId::Member(ObjectKind::kColumn, kTable, "a");
const ObjectId kPublication = ObjectId::Of(ObjectKind::kPublication, "", "p");
const ObjectId kPublished = ObjectId::Member(ObjectKind::kPublicationTable, kPublication, "app.t");

Schema Base(Publication publication = {}, DataType type = {"integer"}) {
  return SchemaOf({Fact(kTable, Table{}), Fact(kColumn, Column{.type = std::move(type)}),
                   Fact(kPublication, std::move(publication))});
}

Schema With(PublicationTable published, DataType type = {"integer"}) {
  Schema schema = Base({}, std::move(type));
  published.table = kTable;
  schema.Add(Fact(kPublished, std::move(published), {kTable, kColumn}));
  return schema;
}

TEST_CASE("a publication's own attributes change in place, but for ALL TABLES") {
  CHECK(SqlBetween(Base(), Base({.publishes_delete = false, .publishes_truncate = false})) ==
        Sql{"ALTER PUBLICATION p SET (publish = 'insert, update')"});
  CHECK(SqlBetween(Base(), Base({.via_partition_root = true, .generated_columns = "stored"})) ==
        Sql{"ALTER PUBLICATION p SET (publish_via_partition_root = true)",
            "ALTER PUBLICATION p SET (publish_generated_columns = stored)"});
  CHECK(SqlBetween(Base(), Base({.all_tables = true})) ==
        Sql{"DROP PUBLICATION p", "CREATE PUBLICATION p FOR ALL TABLES"});
}

TEST_CASE("a table comes and goes alone") {
  const auto steps = StepsBetween(Base(), With({.columns = {"a"}, .filter = {"a > 1"}}));
  CHECK(SqlOf(steps) == Sql{"ALTER PUBLICATION p ADD TABLE ONLY app.t (a) WHERE (a > 1)"});
  CHECK(steps.front().locks == std::vector<Lock>{{"app.t", LockMode::kShareUpdateExclusive}});
  CHECK(HasHazard(steps.front(), HazardKind::kBreaksClients));
  CHECK(SqlBetween(With({}), Base()) == Sql{"ALTER PUBLICATION p DROP TABLE ONLY app.t"});
  CHECK_FALSE(HasHazard(StepsBetween(With({}), Base()).front(), HazardKind::kDataLoss));
  CHECK(HasHazard(StepsBetween(With({.filter = {"a > 1"}}), Base()).front(), HazardKind::kDataLoss));
  const auto changed = StepsBetween(With({}), With({.columns = {"a"}}));
  CHECK(changed.size() == 1);
  CHECK(SqlOf(changed) ==
        Sql{"ALTER PUBLICATION p DROP TABLE ONLY app.t", "ALTER PUBLICATION p ADD TABLE ONLY app.t (a)"});
}

TEST_CASE("a published column's type changes while the table is not published") {
  const auto sql = SqlBetween(With({.columns = {"a"}}), With({.columns = {"a"}}, {"bigint"}));
  REQUIRE(sql.size() == 3);
  CHECK(sql.front() == "ALTER PUBLICATION p DROP TABLE ONLY app.t");
  CHECK(sql.back() == "ALTER PUBLICATION p ADD TABLE ONLY app.t (a)");
}

}  // namespace
}  // namespace schemadiff::test::planner_publication
