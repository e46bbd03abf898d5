#include "parser_support.h"

namespace schemadiff::test::parser_rule {
namespace {

const ObjectId kTable = Public(ObjectKind::kTable, "t");
const ObjectId kLog = Public(ObjectKind::kTable, "log");
const std::string kTables = "CREATE TABLE t (a int, b text); CREATE TABLE log (a int, b text);";

const Rule& RuleOf(const DesiredState& state, std::string_view name, ObjectId relation = kTable) {
  return Get(state, ObjectId::Member(ObjectKind::kRule, relation, name)).As<Rule>();
}

}  // namespace

TEST_CASE("a rule keeps its text, with the names of what is declared qualified") {
  const DesiredState state = StateOf(
      "CREATE RULE r AS ON UPDATE TO t WHERE (new.a > 0) DO ALSO (INSERT INTO log VALUES (new.a, 'x;y'); SELECT 1);" +
      kTables);
  const Rule& rule = RuleOf(state, "r");
  CHECK(rule.event == Rule::Event::kUpdate);
  CHECK(rule.definition.sql == "WHERE (new.a > 0) DO ALSO (INSERT INTO public.log VALUES (new.a, 'x;y'); SELECT 1)");
  CHECK(rule.targets == std::vector{kLog});
  CHECK(!rule.whole_row);
}

TEST_CASE("a rule may use any column that its table has in the end") {
  const DesiredState state = StateOf(kTables +
                                     "CREATE RULE r AS ON DELETE TO t DO INSTEAD INSERT INTO log SELECT old.*;"
                                     "ALTER TABLE t ADD COLUMN c date;");
  const Object& rule = Get(state, ObjectId::Member(ObjectKind::kRule, kTable, "r"));
  CHECK(HasEdge(rule, kLog));
  CHECK(HasEdge(rule, ObjectId::Member(ObjectKind::kColumn, kTable, "c")));
}

TEST_CASE("a rule that is replaced, enabled, renamed and dropped") {
  const std::string rule = kTables + "CREATE RULE r AS ON INSERT TO t DO INSTEAD NOTHING;";
  CHECK(RuleOf(StateOf(rule + "CREATE OR REPLACE RULE r AS ON DELETE TO t DO NOTHING"), "r").event ==
        Rule::Event::kDelete);
  CHECK(RuleOf(StateOf(rule + "ALTER TABLE t ENABLE ALWAYS RULE r"), "r").enabled == Trigger::Enabled::kAlways);
  CHECK(RuleOf(StateOf(rule + "ALTER TABLE t ENABLE REPLICA RULE r"), "r").enabled == Trigger::Enabled::kReplica);
  CHECK(RuleOf(StateOf(rule + "ALTER TABLE t DISABLE RULE r"), "r").enabled == Trigger::Enabled::kDisabled);
  CHECK(RuleOf(StateOf(rule + "ALTER RULE r ON t RENAME TO s"), "s").event == Rule::Event::kInsert);
  CHECK(!StateOf(rule + "DROP RULE r ON t").schema.Contains(ObjectId::Member(ObjectKind::kRule, kTable, "r")));
}

TEST_CASE("what is wrong with a rule") {
  CHECK(ErrorsOf("CREATE RULE r AS ON INSERT TO t DO NOTHING") == "test.sql:1:31: relation `t` does not exist\n");
  CHECK(ErrorsOf("CREATE TABLE t (a int); CREATE RULE \"_RETURN\" AS ON SELECT TO t DO INSTEAD SELECT 1") ==
        "test.sql:1:25: a rule for SELECT on `public.t` makes it a view\n");
  CHECK(ErrorsOf("CREATE TABLE t (a int); CREATE RULE r AS ON INSERT TO t DO ALSO INSERT INTO log VALUES (1)") ==
        "test.sql:1:77: relation `log` does not exist\n");
}

}  // namespace schemadiff::test::parser_rule
