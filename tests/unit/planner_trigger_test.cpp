#include "planner_rules_support.h"

namespace schemadiff::test::planner_trigger {
namespace {

const ObjectId kTable = ObjectId::Of(ObjectKind::kTable, "app", "t");
const ObjectId kTrigger = ObjectId::Member(ObjectKind::kTrigger, kTable, "Audit");

Schema With(Trigger trigger) { return SchemaOf({Fact(kTable, Table{}), Fact(kTrigger, std::move(trigger))}); }

const Trigger kPlain{.timing = Trigger::Timing::kAfter, .on_insert = true, .function = "app.log"};

TEST_CASE("a trigger is created with all it has") {
  Trigger trigger = kPlain;
  trigger.on_update = true;
  trigger.update_columns = {"a", "B"};
  trigger.for_each_row = true;
  trigger.condition = {"new.a > 0"};
  trigger.old_table = "was";
  trigger.new_table = "is";
  trigger.arguments = {"it's"};
  trigger.enabled = Trigger::Enabled::kAlways;
  const auto steps = StepsBetween(SchemaOf({Fact(kTable, Table{})}), With(trigger));
  CHECK(SqlOf(steps) == Sql{"CREATE TRIGGER \"Audit\" AFTER INSERT OR UPDATE OF a, \"B\" ON app.t REFERENCING OLD "
                            "TABLE AS was NEW TABLE AS "
                            "\"is\" FOR EACH ROW WHEN (new.a > 0) EXECUTE FUNCTION app.log('it''s')",
                            "ALTER TABLE app.t ENABLE ALWAYS TRIGGER \"Audit\""});
  CHECK(steps.front().locks == std::vector<Lock>{{"app.t", LockMode::kShareRowExclusive}});
}

TEST_CASE("a trigger changes in place and stays disabled") {
  Trigger before = kPlain;
  before.enabled = Trigger::Enabled::kDisabled;
  Trigger after = before;
  after.on_delete = true;
  CHECK(SqlBetween(With(before), With(after)) == Sql{"CREATE OR REPLACE TRIGGER \"Audit\" AFTER INSERT OR DELETE ON "
                                                     "app.t FOR EACH STATEMENT EXECUTE FUNCTION app.log()",
                                                     "ALTER TABLE app.t DISABLE TRIGGER \"Audit\""});
}

TEST_CASE("when it fires changes alone") {
  Trigger replica = kPlain;
  replica.enabled = Trigger::Enabled::kReplica;
  CHECK(SqlBetween(With(kPlain), With(replica)) == Sql{"ALTER TABLE app.t ENABLE REPLICA TRIGGER \"Audit\""});
  CHECK(SqlBetween(With(replica), With(kPlain)) == Sql{"ALTER TABLE app.t ENABLE TRIGGER \"Audit\""});
}

TEST_CASE("a constraint trigger is dropped and created") {
  Trigger before = kPlain;
  before.constraint = before.for_each_row = before.deferrable = true;
  Trigger after = before;
  after.initially_deferred = true;
  const auto steps = StepsBetween(With(before), With(after));
  CHECK(SqlOf(steps) ==
        Sql{"DROP TRIGGER \"Audit\" ON app.t",
            "CREATE CONSTRAINT TRIGGER \"Audit\" AFTER INSERT ON app.t DEFERRABLE INITIALLY DEFERRED FOR EACH "
            "ROW EXECUTE FUNCTION app.log()"});
  REQUIRE(steps.size() == 1);
  CHECK(steps.front().locks == std::vector<Lock>{{"app.t", LockMode::kAccessExclusive}});
}

TEST_CASE("a row trigger of a partitioned table locks its partitions too") {
  const ObjectId part = ObjectId::Of(ObjectKind::kTable, "app", "t1");
  Trigger trigger = kPlain;
  trigger.for_each_row = true;
  const auto state = [&part] {
    return SchemaOf({Fact(kTable, Table{.partition_key = {"RANGE (a)"}}),
                     Fact(part, Table{.partition_of = kTable, .partition_bound = {"DEFAULT"}})});
  };
  Schema live = state();
  Schema desired = state();
  desired.Add(Fact(kTrigger, trigger));
  CHECK(StepsBetween(live, desired).front().locks ==
        std::vector<Lock>{{"app.t", LockMode::kShareRowExclusive}, {"app.t1", LockMode::kShareRowExclusive}});
  desired.Add(Fact(kTrigger, kPlain));
  CHECK(StepsBetween(live, desired).front().locks == std::vector<Lock>{{"app.t", LockMode::kShareRowExclusive}});
}

}  // namespace
}  // namespace schemadiff::test::planner_trigger
