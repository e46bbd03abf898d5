#include "diff/renames.h"
#include "planner_rules_support.h"

namespace schemadiff::test::planner_rule {
namespace {

const ObjectId kTable = ObjectId::Of(ObjectKind::kTable, "app", "t");
const ObjectId kLog = ObjectId::Of(ObjectKind::kTable, "app", "log");
const ObjectId kColumn = ObjectId::Member(ObjectKind::kColumn, kTable, "c");
const ObjectId kRule = ObjectId::Member(ObjectKind::kRule, kTable, "r");

Schema With(Rule rule) { return SchemaOf({Fact(kTable, Table{}), Fact(kLog, Table{}), Fact(kRule, std::move(rule))}); }

const Rule kNothing{.definition = {"DO INSTEAD NOTHING"}};

TEST_CASE("a rule is created with its state, and locks what it writes to") {
  const Rule rule{.event = Rule::Event::kUpdate,
                  .definition = {"DO ALSO INSERT INTO app.log DEFAULT VALUES"},
                  .enabled = Trigger::Enabled::kReplica,
                  .targets = {kLog}};
  const auto steps = StepsBetween(SchemaOf({Fact(kTable, Table{}), Fact(kLog, Table{})}), With(rule));
  CHECK(SqlOf(steps) == Sql{"CREATE RULE r AS ON UPDATE TO app.t\nDO ALSO INSERT INTO app.log DEFAULT VALUES",
                            "ALTER TABLE app.t ENABLE REPLICA RULE r"});
  CHECK(steps.front().locks ==
        std::vector<Lock>{{"app.t", LockMode::kAccessExclusive}, {"app.log", LockMode::kRowExclusive}});
}

TEST_CASE("event and commands change in place, and the state stays") {
  const Rule after{.event = Rule::Event::kDelete, .definition = {"DO NOTHING"}};
  const auto steps = StepsBetween(With(kNothing), With(after));
  CHECK(SqlOf(steps) == Sql{"CREATE OR REPLACE RULE r AS ON DELETE TO app.t\nDO NOTHING"});
  CHECK(steps.front().undo == "CREATE OR REPLACE RULE r AS ON INSERT TO app.t\nDO INSTEAD NOTHING");
}

TEST_CASE("only the state of a rule changes") {
  const Rule disabled{.definition = kNothing.definition, .enabled = Trigger::Enabled::kDisabled};
  const auto steps = StepsBetween(With(kNothing), With(disabled));
  CHECK(SqlOf(steps) == Sql{"ALTER TABLE app.t DISABLE RULE r"});
  CHECK(steps.front().undo == "ALTER TABLE app.t ENABLE RULE r");
}

TEST_CASE("a rule steps aside while the type of a column changes that it mentions") {
  const auto schema = [&](const char* type) {
    return SchemaOf({Fact(kTable, Table{}), Fact(kColumn, Column{.type = {type}}), Fact(kRule, kNothing, {kColumn})});
  };
  const Sql sql = SqlBetween(schema("integer"), schema("bigint"));
  REQUIRE(sql.size() == 3);
  CHECK(sql.front() == "DROP RULE r ON app.t");
  CHECK(sql.back() == "CREATE RULE r AS ON INSERT TO app.t\nDO INSTEAD NOTHING");
}

TEST_CASE("a rule over whole rows is made anew around a column that goes") {
  const Rule rows{.definition = {"DO ALSO INSERT INTO app.log VALUES (new.*)"}, .whole_row = true};
  const Schema live =
      SchemaOf({Fact(kTable, Table{}), Fact(kColumn, Column{.type = {"text"}}),
                Fact(kRule, Rule{.definition = {"DO ALSO INSERT INTO app.log (c) VALUES (new.c)"}}, {kColumn})});
  CHECK(SqlBetween(live, SchemaOf({Fact(kTable, Table{}), Fact(kRule, rows)})) ==
        Sql{"DROP RULE r ON app.t", "ALTER TABLE app.t DROP COLUMN c",
            "CREATE RULE r AS ON INSERT TO app.t\nDO ALSO INSERT INTO app.log VALUES (new.*)"});
}

TEST_CASE("a rule is renamed") {
  Schema desired = SchemaOf({Fact(kTable, Table{}), Fact(kLog, Table{}), Fact(kRule, kNothing)});
  Schema live = SchemaOf({Fact(kTable, Table{}), Fact(kLog, Table{}), Fact(kRule.WithName("old"), kNothing)});
  auto annotations = std::make_shared<Annotations>();
  annotations->renamed_from = {"old"};
  desired.Find(kRule)->annotations = annotations;
  const auto changes = ApplyRenames(live, desired);
  REQUIRE(changes.has_value());
  Delta delta = Diff(live, desired);
  delta.changes.insert(delta.changes.begin(), changes->begin(), changes->end());
  const auto steps =
      PlanSteps({.live = live, .desired = desired, .delta = delta, .session = {.version = 170000}, .sizes = {}});
  REQUIRE(steps.has_value());
  CHECK(SqlOf(*steps) == Sql{"ALTER RULE old ON app.t RENAME TO r"});
  CHECK(steps->front().locks == std::vector<Lock>{{"app.t", LockMode::kAccessExclusive}});
}

}  // namespace
}  // namespace schemadiff::test::planner_rule
