#include "parser_support.h"

namespace schemadiff::test::parser_role {
namespace {

ObjectId RoleNamed(std::string_view name) { return ObjectId::Of(ObjectKind::kRole, "", name); }
ObjectId Membership(std::string_view role, std::string_view member) {
  return ObjectId::Member(ObjectKind::kRoleMembership, RoleNamed(role), member);
}

}  // namespace

TEST_CASE("a role has the options of its statements") {
  const DesiredState state = StateOf(
      "CREATE USER u NOINHERIT CONNECTION LIMIT 3 VALID UNTIL '2030-01-01T12:30:00+02' PASSWORD 'x';"
      " ALTER ROLE u CREATEDB CONNECTION LIMIT -1;");
  CHECK(Get(state, RoleNamed("u")).As<Role>() == Role{.inherit = false,
                                                      .create_database = true,
                                                      .login = true,
                                                      .valid_until = "2030-01-01 10:30:00+00",
                                                      .password = "x"});
  CHECK(ErrorsOf("CREATE ROLE r VALID UNTIL 'next year'").find("no time of ISO 8601") != std::string::npos);
}

TEST_CASE("memberships come from CREATE ROLE, ALTER GROUP and GRANT, one grant for each grantor") {
  const DesiredState state = StateOf(
      "CREATE ROLE m NOINHERIT; CREATE ROLE a; CREATE ROLE b IN ROLE a ADMIN m; ALTER GROUP b ADD USER a;"
      " GRANT a TO m WITH ADMIN OPTION; SET ROLE b; GRANT a TO m; RESET ROLE; REVOKE ADMIN OPTION FOR a FROM m;");
  CHECK(Get(state, Membership("a", "b")).As<RoleMembership>().grants == std::vector<RoleGrant>{{.inherit = true}});
  CHECK(Get(state, Membership("b", "m")).As<RoleMembership>().grants ==
        std::vector<RoleGrant>{{.admin = true, .inherit = false}});
  CHECK(Get(state, Membership("b", "a")).As<RoleMembership>().grants == std::vector<RoleGrant>{{.inherit = true}});
  CHECK(Get(state, Membership("a", "m")).As<RoleMembership>().grants ==
        std::vector<RoleGrant>{{.inherit = false}, {.grantor = "b", .inherit = false}});
}

TEST_CASE("settings are kept as the catalogs have them") {
  const DesiredState state = StateOf(
      "CREATE ROLE r; ALTER ROLE r SET search_path TO app, \"My\"; ALTER ROLE r IN DATABASE d SET work_mem = '4MB';"
      " ALTER DATABASE d SET timezone TO 'UTC'; ALTER ROLE r SET jit = off; ALTER ROLE r RESET jit;");
  CHECK(Get(state, SettingId("search_path", "r", false)).As<Setting>().value == "app, \"My\"");
  CHECK(Get(state, SettingId("work_mem", "r", true)).As<Setting>().value == "4MB");
  CHECK(Get(state, SettingId("TimeZone", "", true)).As<Setting>().value == "UTC");
  CHECK_FALSE(state.schema.Contains(SettingId("jit", "r", false)));
}

TEST_CASE("a role that nobody knows is bad input") {
  ExternalNames external;
  external.current_user = "me";
  external.Add(RoleNamed("known"));
  Result<SourceSet> sources = ParseText("test.sql", "CREATE ROLE r;\nGRANT r TO known;\nGRANT r TO nobody;");
  const Result<DesiredState> state = Interpret(*sources, external);
  REQUIRE_FALSE(state.has_value());
  CHECK(state.error().items().front().location.ToString() == "test.sql:3:12");
  CHECK(state.error().items().front().message == "role `nobody` does not exist");
}

}  // namespace schemadiff::test::parser_role
