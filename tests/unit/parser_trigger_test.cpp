#include "parser_support.h"

namespace schemadiff::test::parser_trigger {
namespace {

const ObjectId kTable = Public(ObjectKind::kTable, "t");
const ObjectId kTrigger = ObjectId::Member(ObjectKind::kTrigger, kTable, "x");
const std::string kBase =
    "CREATE TABLE t (a int, b int); CREATE TABLE u (a int);"
    "CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS '';";

Trigger TriggerOf(const std::string& sql) { return Get(StateOf(sql + kBase), kTrigger).As<Trigger>(); }

}  // namespace

TEST_CASE("trigger: all clauses, before the table is declared") {
  const std::string sql =
      "CREATE TRIGGER x BEFORE INSERT OR UPDATE OF b, a ON t FOR EACH ROW WHEN (NEW.a > (5)) EXECUTE FUNCTION f('p', "
      "2);";
  const Trigger trigger = TriggerOf(sql);
  CHECK(trigger.timing == Trigger::Timing::kBefore);
  CHECK(trigger.on_insert);
  CHECK(trigger.on_update);
  CHECK(!trigger.on_delete);
  CHECK(!trigger.on_truncate);
  CHECK(trigger.update_columns == std::vector<std::string>{"b", "a"});
  CHECK(trigger.for_each_row);
  CHECK(trigger.condition.sql == "NEW.a > (5)");
  CHECK(trigger.function == "public.f");
  CHECK(trigger.arguments == std::vector<std::string>{"p", "2"});
  const DesiredState state = StateOf(sql + kBase);
  CHECK(HasEdge(Get(state, kTrigger), Public(ObjectKind::kRoutine, "f")));
  CHECK(HasEdge(Get(state, kTrigger), ObjectId::Member(ObjectKind::kColumn, kTable, "b")));
}

TEST_CASE("trigger: timings and events") {
  const Trigger after =
      TriggerOf("CREATE TRIGGER x AFTER DELETE ON t REFERENCING OLD TABLE AS gone EXECUTE PROCEDURE public.f();");
  CHECK(after.timing == Trigger::Timing::kAfter);
  CHECK(after.on_delete);
  CHECK(after.old_table == "gone");
  CHECK(after.new_table == "");
  CHECK(!after.for_each_row);
  CHECK(TriggerOf("CREATE TRIGGER x AFTER TRUNCATE ON t EXECUTE FUNCTION f();").on_truncate);
  const DesiredState view = StateOf(
      kBase + "CREATE VIEW v AS SELECT 1; CREATE TRIGGER x INSTEAD OF INSERT ON v FOR EACH ROW EXECUTE FUNCTION f()");
  CHECK(Get(view, ObjectId::Member(ObjectKind::kTrigger, Public(ObjectKind::kView, "v"), "x")).As<Trigger>().timing ==
        Trigger::Timing::kInsteadOf);
}

TEST_CASE("trigger: constraint triggers") {
  const std::string sql =
      "CREATE CONSTRAINT TRIGGER x AFTER INSERT ON t FROM u INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION f();";
  const Trigger trigger = TriggerOf(sql);
  CHECK(trigger.constraint);
  CHECK(trigger.constraint_from == Public(ObjectKind::kTable, "u"));
  CHECK(trigger.deferrable);
  CHECK(trigger.initially_deferred);
  CHECK(HasEdge(Get(StateOf(sql + kBase), kTrigger), Public(ObjectKind::kTable, "u")));
}

TEST_CASE("trigger: replaced, enabled and disabled") {
  const std::string create = "CREATE TRIGGER x AFTER INSERT ON t EXECUTE FUNCTION f();";
  CHECK(TriggerOf(create + "CREATE OR REPLACE TRIGGER x AFTER DELETE ON t EXECUTE FUNCTION f();").on_delete);
  CHECK(TriggerOf(create + "ALTER TABLE t DISABLE TRIGGER x;").enabled == Trigger::Enabled::kDisabled);
  CHECK(TriggerOf(create + "ALTER TABLE t ENABLE ALWAYS TRIGGER x;").enabled == Trigger::Enabled::kAlways);
  CHECK(TriggerOf(create + "ALTER TABLE t ENABLE REPLICA TRIGGER x;").enabled == Trigger::Enabled::kReplica);
  CHECK(Get(StateOf(kBase + create + "ALTER TABLE t DISABLE TRIGGER ALL;"), kTrigger).As<Trigger>().enabled ==
        Trigger::Enabled::kDisabled);
  CHECK(Get(StateOf(kBase + create + "ALTER TABLE t DISABLE TRIGGER USER, ENABLE TRIGGER x;"), kTrigger)
            .As<Trigger>()
            .enabled == Trigger::Enabled::kOrigin);
}

TEST_CASE("trigger: its function") {
  CHECK(TriggerOf(
            "CREATE TRIGGER x BEFORE UPDATE ON t FOR EACH ROW EXECUTE FUNCTION suppress_redundant_updates_trigger();")
            .function == "pg_catalog.suppress_redundant_updates_trigger");
  CHECK(ErrorsOf("CREATE TABLE t (a int);\nCREATE TRIGGER x AFTER INSERT ON t EXECUTE FUNCTION nope()") ==
        "test.sql:2:1: trigger function `nope` does not exist\n");
  CHECK(ErrorsOf("CREATE TABLE t (a int); CREATE FUNCTION g(int) RETURNS int RETURN 1;\n"
                 "CREATE TRIGGER x AFTER INSERT ON t EXECUTE FUNCTION g()") ==
        "test.sql:2:1: trigger function `public.g()` does not exist\n");
  CHECK(ErrorsOf("CREATE TRIGGER x AFTER INSERT ON t EXECUTE FUNCTION f()") ==
        "test.sql:1:34: relation `t` does not exist\n");
}

TEST_CASE("policy: all clauses, before the table is declared") {
  const ObjectId id = ObjectId::Member(ObjectKind::kPolicy, kTable, "p");
  const std::string sql =
      "CREATE POLICY p ON t AS RESTRICTIVE FOR UPDATE TO zoe, joe, CURRENT_USER, joe USING (a = (1)) WITH CHECK (h(b));"
      "CREATE FUNCTION h(int) RETURNS bool RETURN true;";
  const DesiredState state = StateOf(sql + kBase);
  const Policy& policy = Get(state, id).As<Policy>();
  CHECK(policy.command == Policy::Command::kUpdate);
  CHECK(!policy.permissive);
  CHECK(policy.roles == std::vector<std::string>{"current_user", "joe", "zoe"});
  CHECK(policy.using_expression.sql == "a = (1)");
  CHECK(policy.check_expression.sql == "public.h(b)");
  CHECK(HasEdge(Get(state, id), Public(ObjectKind::kRoutine, "h", "integer")));
  CHECK(HasEdge(Get(state, id), ObjectId::Member(ObjectKind::kColumn, kTable, "a")));
}

TEST_CASE("policy: defaults, altered, misplaced") {
  const ObjectId id = ObjectId::Member(ObjectKind::kPolicy, kTable, "p");
  CHECK(Get(StateOf(kBase + "CREATE POLICY p ON t TO joe, public"), id).As<Policy>() == Policy{});
  CHECK(Get(StateOf(kBase + "CREATE POLICY p ON t FOR INSERT WITH CHECK (true); ALTER POLICY p ON t TO joe"), id)
            .As<Policy>() ==
        Policy{.command = Policy::Command::kInsert, .roles = {"joe"}, .check_expression = {"true"}});
  CHECK(Get(StateOf(kBase + "CREATE POLICY p ON t USING (true) WITH CHECK (a > 1); ALTER POLICY p ON t USING (false)"),
            id)
            .As<Policy>() == Policy{.using_expression = {"false"}, .check_expression = {"a > 1"}});
  CHECK(ErrorsOf("ALTER POLICY p ON t USING (true)") == "test.sql:1:19: relation `t` does not exist\n");
  CHECK(ErrorsOf("CREATE TABLE t (a int); ALTER POLICY p ON t USING (true)") ==
        "test.sql:1:25: policy `public.t.p` does not exist\n");
  CHECK(ErrorsOf("CREATE VIEW v AS SELECT 1; CREATE POLICY p ON v") ==
        "test.sql:1:47: `public.v` is no table and cannot have policies\n");
}

}  // namespace schemadiff::test::parser_trigger
