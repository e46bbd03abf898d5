#include "planner_rules_support.h"

namespace schemadiff::test::planner_policy {
namespace {

const ObjectId kTable = ObjectId::Of(ObjectKind::kTable, "app", "t");
const ObjectId kPolicy = ObjectId::Member(ObjectKind::kPolicy, kTable, "own");

Schema With(Policy policy) { return SchemaOf({Fact(kTable, Table{}), Fact(kPolicy, std::move(policy))}); }

TEST_CASE("a policy is created with all it has") {
  const Policy policy{.command = Policy::Command::kUpdate,
                      .permissive = false,
                      .roles = {"Boss", "clerk"},
                      .using_expression = {"a = 1"},
                      .check_expression = {"a = 2"}};
  const auto steps = StepsBetween(SchemaOf({Fact(kTable, Table{})}), With(policy));
  CHECK(SqlOf(steps) ==
        Sql{"CREATE POLICY own ON app.t AS RESTRICTIVE FOR UPDATE TO \"Boss\", clerk USING (a = 1) WITH CHECK "
            "(a = 2)"});
  CHECK(HasHazard(steps.front(), HazardKind::kAccessChange));
  CHECK(steps.front().locks == std::vector<Lock>{{"app.t", LockMode::kAccessExclusive}});
}

TEST_CASE("roles and expressions change in place") {
  CHECK(SqlBetween(With({.roles = {"clerk"}, .using_expression = {"a = 1"}}),
                   With({.using_expression = {"a = 2"}, .check_expression = {"a = 3"}})) ==
        Sql{"ALTER POLICY own ON app.t TO PUBLIC USING (a = 2) WITH CHECK (a = 3)"});
}

TEST_CASE("an expression that goes, or another command, makes the policy anew in one step") {
  const Policy before{.using_expression = {"a = 1"}, .check_expression = {"a = 3"}};
  const auto steps = StepsBetween(With(before), With({.using_expression = {"a = 1"}}));
  CHECK(SqlOf(steps) == Sql{"DROP POLICY own ON app.t", "CREATE POLICY own ON app.t USING (a = 1)"});
  CHECK(steps.size() == 1);
  CHECK(SqlBetween(With({.using_expression = {"a"}}),
                   With({.command = Policy::Command::kSelect, .using_expression = {"a"}})) ==
        Sql{"DROP POLICY own ON app.t", "CREATE POLICY own ON app.t FOR SELECT USING (a)"});
}

TEST_CASE("a policy that is made anew keeps its comment") {
  const ObjectId comment = ObjectId::Member(ObjectKind::kComment, kPolicy, "");
  const auto schema = [&](Policy policy) {
    return SchemaOf({Fact(kTable, Table{}), Fact(kPolicy, std::move(policy)), Fact(comment, Comment{"why"})});
  };
  CHECK(SqlBetween(schema({.using_expression = {"a"}}),
                   schema({.command = Policy::Command::kSelect, .using_expression = {"a"}})) ==
        Sql{"DROP POLICY own ON app.t", "CREATE POLICY own ON app.t FOR SELECT USING (a)",
            "COMMENT ON POLICY own ON app.t IS 'why'"});
}

}  // namespace
}  // namespace schemadiff::test::planner_policy
