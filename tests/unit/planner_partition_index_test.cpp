#include "model/partition_index.h"
#include "planner_rules_support.h"

namespace schemadiff::test::planner_partition_index {
namespace {

const ObjectId kParent = ObjectId::Of(ObjectKind::kTable, "app", "p");
const ObjectId kPartition = ObjectId::Of(ObjectKind::kTable, "app", "p1");
const ObjectId kWhole = ObjectId::Member(ObjectKind::kIndex, kParent, "whole");
const ObjectId kPart = ObjectId::Member(ObjectKind::kIndex, kPartition, "part");

Schema Tables(bool with_partition = true) {
  Schema schema = SchemaOf({Fact(kParent, Table{.partition_key = {"LIST (a)"}}),
                            Fact(ObjectId::Member(ObjectKind::kColumn, kParent, "a"), Column{.type = {"integer"}})});
  if (with_partition) {
    schema.Add(Fact(kPartition, Table{.partition_of = kParent, .partition_bound = {"DEFAULT"}}, {kParent}));
  }
  return schema;
}

Index OverA(ObjectId whole = {}) { return {.elements = {{.column = "a"}}, .attached_to = whole}; }

Schema Live() {
  Schema schema = Tables();
  schema.Add(Fact(kWhole, OverA()));
  schema.Add(Fact(kPart, OverA(kWhole))).edges.push_back({kWhole, EdgeKind::kOwnedBy});
  return schema;
}

Schema Declared() {
  Schema schema = Tables();
  schema.Add(Fact(kWhole, OverA(), {kPart}));
  schema.Add(Fact(kPart, OverA(kWhole)));
  return schema;
}

TEST_CASE("parts are created before their index, which takes them") {
  CHECK(SqlBetween(Tables(), Declared()) ==
        Sql{"CREATE INDEX CONCURRENTLY part ON app.p1 USING btree (a)", "CREATE INDEX whole ON app.p USING btree (a)"});
}

TEST_CASE("a part of an index that is there is attached") {
  Schema live = Tables();
  live.Add(Fact(kWhole, OverA()));
  CHECK(SqlBetween(live, Declared()) == Sql{"CREATE INDEX CONCURRENTLY part ON app.p1 USING btree (a)",
                                            "ALTER INDEX app.whole ATTACH PARTITION app.part"});
}

TEST_CASE("an index takes its parts along, and one that stays is made anew") {
  Schema desired = Tables();
  CHECK(SqlBetween(Live(), desired) == Sql{"DROP INDEX app.whole"});
  desired.Add(Fact(kPart, OverA()));
  CHECK(SqlBetween(Live(), desired) ==
        Sql{"DROP INDEX app.whole", "CREATE INDEX CONCURRENTLY part ON app.p1 USING btree (a)"});
}

TEST_CASE("an index that changes is made anew with its parts") {
  Schema desired = Declared();
  for (const ObjectId id : {kWhole, kPart}) desired.Find(id)->As<Index>().unique = true;
  CHECK(SqlBetween(Live(), desired) == Sql{"DROP INDEX app.whole",
                                           "CREATE UNIQUE INDEX CONCURRENTLY part ON app.p1 USING btree (a)",
                                           "CREATE UNIQUE INDEX whole ON app.p USING btree (a)"});
}

TEST_CASE("a new index does not take one that is dropped") {
  Schema live = Tables();
  live.Add(Fact(kPart, OverA()));
  Schema desired = Tables();
  desired.Add(Fact(kWhole, OverA()));
  CHECK(SqlBetween(live, desired) ==
        Sql{"DROP INDEX CONCURRENTLY app.part", "CREATE INDEX whole ON app.p USING btree (a)"});
}

TEST_CASE("a new partition with parts of its own is attached with them") {
  Schema live = Tables(false);
  live.Add(Fact(kWhole, OverA()));
  const Sql sql = SqlBetween(live, Declared());
  REQUIRE(sql.size() == 3);
  CHECK(sql[0].starts_with("CREATE TABLE app.p1 (LIKE app.p "));
  CHECK(sql[1] == "CREATE INDEX part ON app.p1 USING btree (a)");
  CHECK(sql[2] == "ALTER TABLE app.p ATTACH PARTITION app.p1 DEFAULT");
}

}  // namespace
}  // namespace schemadiff::test::planner_partition_index
