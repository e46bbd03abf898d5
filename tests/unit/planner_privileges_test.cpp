#include "planner_rules_support.h"

namespace schemadiff::test::planner_privileges {
namespace {

const ObjectId kTable = ObjectId::Of(ObjectKind::kTable, "app", "t");
const ObjectId kColumn = ObjectId::Member(ObjectKind::kColumn, kTable, "a");
const ObjectId kFunction = ObjectId::Of(ObjectKind::kRoutine, "app", "f", "integer");

PrivilegeSet Set(std::vector<std::string_view> words, std::vector<std::string_view> grantable = {}) {
  PrivilegeSet set;
  for (const std::string_view word : grantable) set.grantable |= PrivilegeBit(word);
  for (const std::string_view word : words) set.held |= PrivilegeBit(word);
  set.held |= set.grantable;
  return set;
}

Object Held(ObjectId on, std::string_view role, std::vector<GrantedPrivileges> grants) {
  return Fact(ObjectId::Member(ObjectKind::kPrivileges, on, role), Privileges{.grants = std::move(grants)});
}

Object OwnedBy(ObjectId object, std::string role) {
  return Fact(ObjectId::Member(ObjectKind::kOwner, object, ""), Owner{.role = std::move(role)});
}

Object Default(std::string_view schema, AclTarget target, std::string grantee, PrivilegeSet set) {
  return Fact(DefaultPrivilegesId("me", schema, target, grantee),
              DefaultPrivileges{.target = target, .grantee = grantee, .privileges = set});
}

Schema With(std::vector<Object> more) {
  Schema schema = SchemaOf({Fact(kTable, Table{}), Fact(kColumn, Column{.type = {"integer"}})});
  for (Object& object : more) schema.Add(std::move(object));
  return schema;
}

TEST_CASE("privileges change by what differs") {
  const auto steps = StepsBetween(With({Held(kTable, "joe", {{"", Set({"select", "update"}, {"insert"})}})}),
                                  With({Held(kTable, "joe", {{"", Set({"update", "insert"}, {"delete"})}})}));
  CHECK(SqlOf(steps) == Sql{"REVOKE SELECT ON TABLE app.t FROM joe",
                            "REVOKE GRANT OPTION FOR INSERT ON TABLE app.t FROM joe",
                            "GRANT DELETE ON TABLE app.t TO joe WITH GRANT OPTION"});
  CHECK(HasHazard(steps[0], HazardKind::kAccessChange));
  CHECK(SqlBetween(With({}), With({Held(kTable, "public", {{"", Set({"select"})}}), Held(kTable, "", {})})) ==
        Sql{"REVOKE ALL ON TABLE app.t FROM me", "GRANT SELECT ON TABLE app.t TO PUBLIC"});
}

TEST_CASE("what others granted is granted in their name, after they may and before they may no longer") {
  const std::vector<Object> held = {Held(kTable, "joe", {{"", Set({}, {"select"})}}),
                                    Held(kTable, "ann", {{"joe", Set({"select"})}})};
  Object granted = held[1];
  granted.edges.push_back({held[0].id});
  CHECK(SqlBetween(With({}), With({held[0], granted})) == Sql{"GRANT SELECT ON TABLE app.t TO joe WITH GRANT OPTION",
                                                              "SET LOCAL ROLE joe",
                                                              "GRANT SELECT ON TABLE app.t TO ann", "RESET ROLE"});
  CHECK(SqlBetween(With({held[0], granted}), With({})) == Sql{"SET LOCAL ROLE joe",
                                                              "REVOKE SELECT ON TABLE app.t FROM ann", "RESET ROLE",
                                                              "REVOKE SELECT ON TABLE app.t FROM joe"});
}

TEST_CASE("column privileges outlive what is revoked on their table") {
  const Object column = Held(kColumn, "joe", {{"", Set({"select"})}});
  CHECK(SqlBetween(With({column, Held(kTable, "joe", {{"", Set({"select"})}})}), With({column})) ==
        Sql{"REVOKE SELECT ON TABLE app.t FROM joe", "GRANT SELECT (a) ON TABLE app.t TO joe"});
}

TEST_CASE("an owner changes after what is taken from who becomes it") {
  CHECK(SqlBetween(With({Held(kTable, "joe", {{"", Set({"select"})}})}), With({OwnedBy(kTable, "joe")})) ==
        Sql{"REVOKE SELECT ON TABLE app.t FROM joe", "ALTER TABLE app.t OWNER TO joe"});
  const auto steps = StepsBetween(With({OwnedBy(kTable, "joe")}), With({Held(kTable, "joe", {{"", Set({"select"})}})}));
  CHECK(SqlOf(steps) == Sql{"ALTER TABLE app.t OWNER TO me", "GRANT SELECT ON TABLE app.t TO joe"});
  CHECK(steps[0].locks == std::vector<Lock>{{"app.t", LockMode::kAccessExclusive}});
  CHECK(HasHazard(steps[0], HazardKind::kAccessChange));
}

TEST_CASE("a new object lacks what default privileges do not give, and loses what they give too much") {
  Schema live;
  live.Add(Default("app", AclTarget::kTable, "ann", Set({"select"})));
  Schema desired = With({Default("app", AclTarget::kTable, "joe", Set({"select", "insert"})),
                         Default("", AclTarget::kTable, "eve", Set({"delete"})),
                         Held(kTable, "joe", {{"", Set({"select", "update"})}})});
  CHECK(SqlBetween(live, desired) ==
        Sql{"ALTER DEFAULT PRIVILEGES FOR ROLE me GRANT DELETE ON TABLES TO eve",
            "ALTER DEFAULT PRIVILEGES FOR ROLE me IN SCHEMA app REVOKE SELECT ON TABLES FROM ann",
            "ALTER DEFAULT PRIVILEGES FOR ROLE me IN SCHEMA app GRANT SELECT, INSERT ON TABLES TO joe",
            "CREATE TABLE app.t (\n  a integer\n)", "REVOKE DELETE ON TABLE app.t FROM eve",
            "REVOKE INSERT ON TABLE app.t FROM joe", "GRANT UPDATE ON TABLE app.t TO joe"});
}

TEST_CASE("what is made anew gets its owner and privileges back") {
  const auto with = [](std::string returns) {
    return SchemaOf({Fact(kFunction, Routine{.returns = {std::move(returns)}, .language = "sql", .body = "SELECT 1"}),
                     OwnedBy(kFunction, "joe"), Held(kFunction, "public", {}),
                     Held(kFunction, "ann", {{"", Set({"execute"})}})});
  };
  const auto sql = SqlBetween(with("integer"), with("bigint"));
  REQUIRE(sql.size() == 5);
  CHECK(sql[2] == "ALTER FUNCTION app.f(integer) OWNER TO joe");
  CHECK(sql[3] == "GRANT EXECUTE ON FUNCTION app.f(integer) TO ann");
  CHECK(sql[4] == "REVOKE EXECUTE ON FUNCTION app.f(integer) FROM PUBLIC");
}

}  // namespace
}  // namespace schemadiff::test::planner_privileges
