#include "planner_rules_support.h"

namespace schemadiff::test::planner_role {
namespace {

const ObjectId kReader = ObjectId::Of(ObjectKind::kRole, "", "reader");
const ObjectId kAnn = ObjectId::Of(ObjectKind::kRole, "", "Ann");
const ObjectId kMembership = ObjectId::Member(ObjectKind::kRoleMembership, kReader, "Ann");

Schema With(Role ann, std::vector<RoleGrant> grants = {}) {
  Schema schema = SchemaOf({Fact(kReader, Role{}), Fact(kAnn, std::move(ann))});
  if (!grants.empty()) schema.Add(Fact(kMembership, RoleMembership{.grants = std::move(grants)}, {kAnn}));
  return schema;
}

TEST_CASE("a role is created with what differs from the standard, its password unseen") {
  const auto steps = StepsBetween(Schema(), With({.login = true, .connection_limit = 3, .password = "x"}, {{}}));
  CHECK(SqlOf(steps) == Sql{"CREATE ROLE \"Ann\" LOGIN CONNECTION LIMIT 3 PASSWORD '***'", "CREATE ROLE reader",
                            "GRANT reader TO \"Ann\""});
  CHECK(steps[0].secrets.Reveal(steps[0].sql) == Sql{"CREATE ROLE \"Ann\" LOGIN CONNECTION LIMIT 3 PASSWORD 'x'"});
}

TEST_CASE("options of a role are altered together") {
  const auto steps = StepsBetween(With({.superuser = true, .valid_until = "infinity"}), With({.create_role = true}));
  CHECK(SqlOf(steps) == Sql{"ALTER ROLE \"Ann\" NOSUPERUSER CREATEROLE VALID UNTIL 'infinity'"});
  CHECK(HasHazard(steps[0], HazardKind::kAccessChange));
}

TEST_CASE("grants of a membership change by grantor") {
  const Schema before = With({}, {{.admin = true, .inherit = true}, {.grantor = "bob", .inherit = true}});
  const Schema after = With({}, {{.inherit = false}, {.grantor = "eve", .inherit = true, .set = false}});
  CHECK(SqlBetween(before, after) == Sql{"REVOKE reader FROM \"Ann\" GRANTED BY bob",
                                         "REVOKE ADMIN OPTION FOR reader FROM \"Ann\"",
                                         "GRANT reader TO \"Ann\" WITH INHERIT FALSE",
                                         "GRANT reader TO \"Ann\" WITH INHERIT TRUE, SET FALSE GRANTED BY eve"});
  CHECK(SqlBetween(With({}, {{}}), With({}, {{.admin = true}, {.grantor = "eve"}}), 150000) ==
        Sql{"GRANT reader TO \"Ann\" WITH ADMIN OPTION"});
}

TEST_CASE("settings are those of a role, of the connected database, or of both") {
  Schema schema = With({});
  schema.Add(Fact(SettingId("search_path", "Ann", false), Setting{"app, \"My\""}));
  schema.Add(Fact(SettingId("work_mem", "Ann", true), Setting{"4MB"}));
  schema.Add(Fact(SettingId("TimeZone", "", true), Setting{"UTC"}));
  CHECK(SqlBetween(With({}), schema) == Sql{"ALTER ROLE \"Ann\" SET search_path TO app, \"My\"",
                                            "ALTER DATABASE shop SET TimeZone TO 'UTC'",
                                            "ALTER ROLE \"Ann\" IN DATABASE shop SET work_mem TO '4MB'"});
}

}  // namespace
}  // namespace schemadiff::test::planner_role
