#include "planner/rules/partition_bound.h"
#include "planner_rules_support.h"

namespace schemadiff::test::planner_partition {
namespace {

const ObjectId kParent = ObjectId::Of(ObjectKind::kTable, "app", "p");
const ObjectId kColumn = ObjectId::Member(ObjectKind::kColumn, kParent, "b");

ObjectId Named(const char* name) { return ObjectId::Of(ObjectKind::kTable, "app", name); }

Schema Parent(const std::string& type) {
  return SchemaOf({Fact(kParent, Table{.partition_key = {"RANGE (a)"}}), Fact(kColumn, Column{.type = {type}})});
}

Object Part(const char* name, const std::string& bound) {
  return Fact(Named(name), Table{.partition_of = kParent, .partition_bound = {bound}}, {kParent});
}

TEST_CASE("bounds are apart where their text shows it") {
  CHECK(AreApart("FOR VALUES FROM (0) TO (10)", "FOR VALUES FROM (10) TO (20)"));
  CHECK(
      AreApart("FOR VALUES FROM ('2024-02-01') TO ('2024-03-01')", "FOR VALUES FROM ('2023-12-01') TO ('2024-01-01')"));
  CHECK(AreApart("FOR VALUES IN (1, 2)", "FOR VALUES IN ('3')"));
  CHECK(AreApart("FOR VALUES FROM ('10') TO ('20')", "FOR VALUES FROM ('20') TO ('30')"));
  CHECK(AreApart("FOR VALUES FROM ('1') TO ('5')", "FOR VALUES FROM (10) TO (20)"));
  CHECK_FALSE(AreApart("FOR VALUES FROM (0) TO (11)", "FOR VALUES FROM (10) TO (20)"));
  // As text 10 lies between 1 and 5.
  CHECK_FALSE(AreApart("FOR VALUES FROM ('1') TO ('5')", "FOR VALUES FROM ('10') TO ('20')"));
  CHECK_FALSE(AreApart("FOR VALUES FROM (MINVALUE) TO (0)", "FOR VALUES FROM (10) TO (20)"));
  CHECK_FALSE(AreApart("FOR VALUES FROM (0, 1) TO (0, 2)", "FOR VALUES FROM (10, 1) TO (20, 1)"));
  CHECK_FALSE(AreApart("FOR VALUES IN (1, 2)", "FOR VALUES IN (2)"));
  CHECK_FALSE(AreApart("FOR VALUES IN ('a')", "FOR VALUES IN ('b')"));
  CHECK_FALSE(AreApart("FOR VALUES FROM ('2024-01-01') TO ('2024-02-01')", "FOR VALUES FROM (1) TO (2)"));
  CHECK_FALSE(AreApart("DEFAULT", "FOR VALUES FROM (0) TO (10)"));
}

TEST_CASE("bounds change in one step, and a type that changes with them reaches the partition") {
  Schema live = Parent("integer");
  live.Add(Part("p1", "FOR VALUES FROM (0) TO (10)"));
  live.Add(Part("p2", "FOR VALUES FROM (10) TO (20)"));
  Schema desired = Parent("bigint");
  desired.Add(Part("p1", "FOR VALUES FROM (0) TO (15)"));
  desired.Add(Part("p2", "FOR VALUES FROM (15) TO (20)"));
  const std::vector<Step> steps = StepsBetween(live, desired);
  REQUIRE(steps.size() == 2);
  const Step& bounds = steps[steps[0].sql.size() == 1 ? 1 : 0];
  CHECK(bounds.sql == Sql{"ALTER TABLE app.p DETACH PARTITION app.p1", "ALTER TABLE app.p DETACH PARTITION app.p2",
                          "ALTER TABLE app.p ATTACH PARTITION app.p1 FOR VALUES FROM (0) TO (15)",
                          "ALTER TABLE app.p ATTACH PARTITION app.p2 FOR VALUES FROM (15) TO (20)"});
  CHECK(bounds.undo ==
        "ALTER TABLE app.p DETACH PARTITION app.p1; ALTER TABLE app.p DETACH PARTITION app.p2; "
        "ALTER TABLE app.p ATTACH PARTITION app.p1 FOR VALUES FROM (0) TO (10); "
        "ALTER TABLE app.p ATTACH PARTITION app.p2 FOR VALUES FROM (10) TO (20)");
}

TEST_CASE("the type of a column in a partition key is refused, with the way out") {
  const auto plan = [](const std::string& key, bool of_partition) {
    const auto with = [&](const std::string& type) {
      Schema schema = Parent(type);
      schema.Add(Part("p1", "FOR VALUES FROM (0) TO (10)"));
      schema.Find(of_partition ? Named("p1") : kParent)->As<Table>().partition_key = {key};
      return schema;
    };
    const Schema live = with("integer");
    const Schema desired = with("bigint");
    const Delta delta = Diff(live, desired);
    const auto steps =
        PlanSteps({.live = live, .desired = desired, .delta = delta, .session = {170000, "me", "shop"}, .sizes = {}});
    return steps ? std::string() : steps.error().items().front().ToString();
  };
  CHECK(plan("RANGE (b)", false).contains("`app.p.b` cannot change: it is part of the partition key of `app.p`"));
  CHECK(plan("LIST (a, lower((b)::text))", true).contains("partition key of `app.p1`"));
  CHECK(plan("RANGE (b)", false).contains("copy the rows"));
  CHECK(plan("RANGE (a, b(a), app.b, 'b', \"b.b\", bb)", false).empty());
}

TEST_CASE("a partition gives its bounds up before another takes them, and not otherwise") {
  Schema live = Parent("integer");
  live.Add(Part("p1", "FOR VALUES FROM (0) TO (10)"));
  Schema desired = Parent("integer");
  SUBCASE("over the same rows") {
    desired.Add(Part("p2", "FOR VALUES FROM (0) TO (20)"));
    CHECK(SqlBetween(live, desired).front() == "DROP TABLE app.p1");
  }
  SUBCASE("over others") {
    desired.Add(Part("p2", "FOR VALUES FROM (10) TO (20)"));
    CHECK(SqlBetween(live, desired).back() == "DROP TABLE app.p1");
  }
}

TEST_CASE("a partition is detached before its drop where a foreign key refers to its table") {
  const ObjectId other = Named("f");
  const ObjectId key = ObjectId::Member(ObjectKind::kForeignKey, other, "f_fkey");
  const auto referred = [&] {
    Schema schema = Parent("integer");
    schema.Add(Fact(other, Table{}));
    schema.Add(Fact(key, ForeignKey{.columns = {"a"}, .referenced = kParent, .referenced_columns = {"a"}}, {kParent}));
    return schema;
  };
  Schema live = referred();
  live.Add(Part("p1", "DEFAULT"));
  Schema desired = referred();
  SUBCASE("that stays") {
    const std::vector<Step> steps = StepsBetween(live, desired);
    CHECK(SqlOf(steps) == Sql{"ALTER TABLE app.p DETACH PARTITION app.p1", "DROP TABLE app.p1"});
    CHECK(HasHazard(steps.front(), HazardKind::kMayFail));
    CHECK(HasHazard(steps.front(), HazardKind::kBlocksReads));
    CHECK(steps.front().scans == Sql{"app.f"});
  }
  SUBCASE("one that goes goes first") {
    desired.Remove(key);
    CHECK(SqlBetween(live, desired) == Sql{"ALTER TABLE app.f DROP CONSTRAINT f_fkey", "DROP TABLE app.p1"});
  }
}

}  // namespace
}  // namespace schemadiff::test::planner_partition
