#include "parser_support.h"

namespace schemadiff::test::parser_subscription {
namespace {

const ObjectId kSubscription = ObjectId::Of(ObjectKind::kSubscription, "", "s");

Subscription Read(const std::string& sql) { return Get(StateOf(sql), kSubscription).As<Subscription>(); }

}  // namespace

TEST_CASE("subscription: what is not given") {
  const Subscription plain = Read("CREATE SUBSCRIPTION s CONNECTION 'x' PUBLICATION a, b");
  CHECK(plain.publications == std::vector<std::string>{"a", "b"});
  CHECK(plain.enabled == true);
  CHECK(plain.slot_name == "s");
  CHECK(plain.creates_slot);
  const Subscription dumped = Read("CREATE SUBSCRIPTION s CONNECTION 'x' PUBLICATION a WITH (connect = false)");
  CHECK_FALSE(dumped.enabled.has_value());
  CHECK_FALSE(dumped.creates_slot);
}

TEST_CASE("subscription: options and their changes") {
  const Subscription subscription = Read(
      "CREATE SUBSCRIPTION s CONNECTION 'x' PUBLICATION a WITH (connect = false, slot_name = NONE, enabled = false,"
      " binary, streaming = parallel, two_phase = on, origin = NONE, synchronous_commit = 'local');"
      "ALTER SUBSCRIPTION s CONNECTION 'y'; ALTER SUBSCRIPTION s ADD PUBLICATION b WITH (refresh = false);"
      "ALTER SUBSCRIPTION s DROP PUBLICATION a; ALTER SUBSCRIPTION s SET (binary = false, slot_name = t);"
      "ALTER SUBSCRIPTION s ENABLE");
  CHECK(subscription.connection == "y");
  CHECK(subscription.publications == std::vector<std::string>{"b"});
  CHECK(subscription.enabled == true);
  CHECK(subscription.slot_name == "t");
  CHECK_FALSE(subscription.binary);
  CHECK(subscription.streaming == "parallel");
  CHECK(subscription.two_phase);
  CHECK(subscription.origin == "none");
  CHECK(subscription.synchronous_commit == "local");
}

TEST_CASE("event trigger: tags in upper case, state") {
  const DesiredState state = StateOf(
      "CREATE FUNCTION f() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END';"
      "CREATE EVENT TRIGGER e ON ddl_command_end WHEN TAG IN ('create table', 'DROP TABLE') EXECUTE FUNCTION f();"
      "ALTER EVENT TRIGGER e ENABLE ALWAYS; ALTER EVENT TRIGGER e RENAME TO t; COMMENT ON EVENT TRIGGER t IS 'x'");
  const Object& trigger = Get(state, ObjectId::Of(ObjectKind::kEventTrigger, "", "t"));
  CHECK(trigger.As<EventTrigger>() == EventTrigger{.event = "ddl_command_end",
                                                   .tags = {"CREATE TABLE", "DROP TABLE"},
                                                   .function = "public.f",
                                                   .enabled = Trigger::Enabled::kAlways});
  CHECK(HasEdge(trigger, Public(ObjectKind::kRoutine, "f")));
  CHECK(ErrorsOf("CREATE EVENT TRIGGER e ON login EXECUTE FUNCTION f()") ==
        "test.sql:1:1: event trigger function `f` does not exist\n");
}

}  // namespace schemadiff::test::parser_subscription
