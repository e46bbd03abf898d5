#include "planner_rules_support.h"

namespace schemadiff::test::planner_locks {
namespace {

using Locks = std::vector<Lock>;
using enum LockMode;

ObjectId TableId(const std::string& name) { return ObjectId::Of(ObjectKind::kTable, "app", name); }

Object ForeignKeyTo(ObjectId table, ObjectId referenced) {
  return Fact(ObjectId::Member(ObjectKind::kForeignKey, table, table.name() + "_fkey"),
              ForeignKey{.columns = {"a"}, .referenced = referenced, .referenced_columns = {"a"}}, {referenced});
}

TEST_CASE("what alters a table locks all that inherits from it, but for what leaves it before") {
  const auto tables = [](bool altered) {
    Schema schema = SchemaOf({Fact(TableId("t"), Table{}), Fact(TableId("child"), Table{.inherits = {TableId("t")}}),
                              Fact(TableId("grandchild"), Table{.inherits = {TableId("child"), TableId("t")}}),
                              Fact(TableId("gone"), Table{})});
    if (altered) {
      schema.Add(Fact(ObjectId::Member(ObjectKind::kColumn, TableId("t"), "a"), Column{.type = {"integer"}}));
    } else {
      schema.Find(TableId("gone"))->As<Table>().inherits = {TableId("t")};
    }
    return schema;
  };
  const std::vector<Step> steps = StepsBetween(tables(false), tables(true));
  REQUIRE(SqlOf(steps) == Sql{"ALTER TABLE app.gone NO INHERIT app.t", "ALTER TABLE app.t ADD COLUMN a integer"});
  CHECK(steps[1].locks ==
        Locks{{"app.t", kAccessExclusive}, {"app.child", kAccessExclusive}, {"app.grandchild", kAccessExclusive}});
}

TEST_CASE("a new partition locks the default one and the other side of the foreign keys that it gets") {
  const auto tables = [] {
    return SchemaOf({Fact(TableId("p"), Table{.partition_key = {"LIST (a)"}}),
                     Fact(TableId("rest"), Table{.partition_of = TableId("p"), .partition_bound = {"DEFAULT"}}),
                     Fact(TableId("below"), Table{}), Fact(TableId("above"), Table{}),
                     ForeignKeyTo(TableId("p"), TableId("above")), ForeignKeyTo(TableId("below"), TableId("p"))});
  };
  const Schema live = tables();
  Schema desired = tables();
  desired.Add(Fact(TableId("p1"), Table{.partition_of = TableId("p"), .partition_bound = {"FOR VALUES IN (1)"}}));
  const auto locks = [&](int version) { return StepsBetween(live, desired, version).front().locks; };
  CHECK(locks(170000) == Locks{{"app.p", kAccessExclusive},
                               {"app.rest", kAccessExclusive},
                               {"app.above", kShareRowExclusive},
                               {"app.below", kShareRowExclusive}});
  CHECK(locks(140000).back() == Lock{"app.below", kAccessShare});
}

TEST_CASE("a storage parameter that queries go by stops them") {
  const auto lock = [](const char* name) {
    const Schema live = SchemaOf({Fact(TableId("t"), Table{})});
    const Schema desired = SchemaOf({Fact(TableId("t"), Table{.options = {{name, "1"}}})});
    return StepsBetween(live, desired).front().locks.front().mode;
  };
  CHECK(lock("fillfactor") == kShareUpdateExclusive);
  CHECK(lock("toast.autovacuum_enabled") == kShareUpdateExclusive);
  CHECK(lock("user_catalog_table") == kAccessExclusive);
}

}  // namespace
}  // namespace schemadiff::test::planner_locks
