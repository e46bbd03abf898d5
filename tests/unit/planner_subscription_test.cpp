#include "planner_rules_support.h"

namespace schemadiff::test::planner_subscription {
namespace {

const ObjectId kSubscription = ObjectId::Of(ObjectKind::kSubscription, "", "s");

Subscription Live(bool in_use) {
  return {.connection = "x", .publications = {"a"}, .enabled = in_use, .slot_name = "s", .has_connected = in_use};
}

Schema With(Subscription subscription) { return SchemaOf({Fact(kSubscription, std::move(subscription))}); }

TEST_CASE("a subscription that connects runs outside transactions and says so") {
  const auto steps = StepsBetween(Schema(), With({.connection = "x", .publications = {"a"}, .slot_name = "s"}));
  CHECK(SqlOf(steps) == Sql{"CREATE SUBSCRIPTION s CONNECTION '***' PUBLICATION a"});
  CHECK(steps.front().transaction == TransactionMode::kNone);
  CHECK(steps.front().note.contains("makes replication slot 's' there"));
}

TEST_CASE("one that does not connect is created within a transaction") {
  const auto steps = StepsBetween(Schema(), With({.connection = "x",
                                                  .publications = {"a", "b"},
                                                  .enabled = false,
                                                  .slot_name = "",
                                                  .binary = true,
                                                  .streaming = "parallel",
                                                  .connects = false,
                                                  .creates_slot = false,
                                                  .copies_data = false}));
  CHECK(SqlOf(steps) == Sql{"CREATE SUBSCRIPTION s CONNECTION '***' PUBLICATION a, b WITH (connect = false, enabled = "
                            "false, slot_name = NONE, binary = true, streaming = parallel)"});
  CHECK(steps.front().transaction == TransactionMode::kShared);
}

TEST_CASE("the slot is dropped with a subscription that was in use, and left alone otherwise") {
  const auto used = StepsBetween(With(Live(true)), Schema());
  CHECK(SqlOf(used) == Sql{"DROP SUBSCRIPTION s"});
  CHECK(used.front().transaction == TransactionMode::kNone);
  CHECK(HasHazard(used.front(), HazardKind::kIrreversible));
  const auto unused = StepsBetween(With(Live(false)), Schema());
  CHECK(SqlOf(unused) == Sql{"ALTER SUBSCRIPTION s SET (slot_name = NONE)", "DROP SUBSCRIPTION s"});
  CHECK(unused.front().transaction == TransactionMode::kShared);
}

TEST_CASE("alterations go in the order that PostgreSQL asks for") {
  Subscription after = Live(true);
  after.connection = "y";
  after.publications = {"a", "b"};
  after.origin = "none";
  CHECK(SqlBetween(With(Live(true)), With(after)) == Sql{"ALTER SUBSCRIPTION s CONNECTION '***'",
                                                         "ALTER SUBSCRIPTION s SET (origin = none)",
                                                         "ALTER SUBSCRIPTION s SET PUBLICATION a, b"});
  after = Live(true);
  after.failover = true;
  after.publications = {"b"};
  CHECK(SqlBetween(With(Live(true)), With(after)) ==
        Sql{"ALTER SUBSCRIPTION s DISABLE", "ALTER SUBSCRIPTION s SET (failover = true)", "ALTER SUBSCRIPTION s ENABLE",
            "ALTER SUBSCRIPTION s SET PUBLICATION b"});
}

TEST_CASE("two_phase is altered from version 18, and before it the subscription is made anew") {
  Subscription after = Live(true);
  after.two_phase = true;
  CHECK(SqlBetween(With(Live(true)), With(after), 180000).size() == 3);
  CHECK(SqlBetween(With(Live(true)), With(after), 170000) ==
        Sql{"DROP SUBSCRIPTION s", "CREATE SUBSCRIPTION s CONNECTION '***' PUBLICATION a WITH (two_phase = true)"});
}

const ObjectId kTrigger = ObjectId::Of(ObjectKind::kEventTrigger, "", "e");

TEST_CASE("event triggers are enabled in place and otherwise made anew, comment and all") {
  const auto with = [](EventTrigger trigger) {
    return SchemaOf({Fact(kTrigger, std::move(trigger)),
                     Fact(ObjectId::Member(ObjectKind::kComment, kTrigger, ""), Comment{"why"})});
  };
  const EventTrigger before{.event = "ddl_command_end", .function = "app.f"};
  EventTrigger after = before;
  after.enabled = Trigger::Enabled::kReplica;
  CHECK(SqlBetween(with(before), with(after)) == Sql{"ALTER EVENT TRIGGER e ENABLE REPLICA"});
  after.tags = {"CREATE TABLE"};
  CHECK(SqlBetween(with(before), with(after)) ==
        Sql{"DROP EVENT TRIGGER e",
            "CREATE EVENT TRIGGER e ON ddl_command_end WHEN TAG IN ('CREATE TABLE') EXECUTE FUNCTION app.f()",
            "ALTER EVENT TRIGGER e ENABLE REPLICA", "COMMENT ON EVENT TRIGGER e IS 'why'"});
}

}  // namespace
}  // namespace schemadiff::test::planner_subscription
