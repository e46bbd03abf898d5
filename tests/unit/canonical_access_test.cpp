#include "canonical/access.h"

#include "model/access.h"
#include "parser_support.h"

namespace schemadiff::test::canonical_access {
namespace {

const ObjectId kTable = Public(ObjectKind::kTable, "t");

AccessContext Context() {
  return {.version = 170000, .role = "me", .database_owner = "me", .manages_privileges = [](ObjectId) { return true; }};
}

// The state that files amount to for `me`, on an empty database or one that holds the table t.
DesiredState Resolved(const std::string& sql, const AccessContext& context = Context(), bool has_table = false) {
  Schema live;
  if (has_table) live.Add({.id = kTable, .attributes = Table{}});
  ExternalNames external;
  external.version = context.version;
  external.current_user = context.role;
  for (const char* role : {"joe", "ann", "me", "own"}) external.Add(ObjectId::Of(ObjectKind::kRole, "", role));
  Result<SourceSet> sources = ParseText("test.sql", sql);
  REQUIRE(sources.has_value());
  Result<DesiredState> state = Interpret(*sources, external);
  REQUIRE_MESSAGE(state.has_value(), state.error().items().front().ToString());
  ResolveAccess(live, state->schema, context);
  return std::move(*state);
}

// `role: privileges by grantor`, of an object.
std::string PrivilegesOn(const DesiredState& state, ObjectId object) {
  std::string out;
  for (const Object* member : state.schema.Members(object)) {
    const Privileges* privileges = member->If<Privileges>();
    if (privileges == nullptr) continue;
    out += (out.empty() ? "" : " ") + member->id.name() + ":";
    for (const GrantedPrivileges& grant : privileges->grants) {
      AppendText(out, grant.privileges);
      out += grant.grantor;
    }
  }
  return out;
}

std::string OwnerIn(const Schema& schema, ObjectId object) {
  const Object* owner = schema.Find(ObjectId::Member(ObjectKind::kOwner, object, ""));
  return owner == nullptr ? "" : owner->As<Owner>().role;
}

}  // namespace

TEST_CASE("statements amount to what each role holds, where that is not the standard") {
  const auto on_table = [](const std::string& sql) {
    return PrivilegesOn(Resolved("CREATE TABLE t (a int, b int); " + sql), kTable);
  };
  CHECK(on_table("GRANT SELECT, INSERT ON t TO joe; REVOKE INSERT ON t FROM joe") == "joe:r;");
  CHECK(on_table("GRANT ALL ON t TO me; REVOKE ALL ON t FROM joe") == "");
  CHECK(on_table("REVOKE ALL ON t FROM CURRENT_USER") == ":");
  CHECK(on_table("GRANT SELECT ON ALL TABLES IN SCHEMA public TO PUBLIC") == "public:r;");
  CHECK(on_table("GRANT SELECT ON t TO joe WITH GRANT OPTION; SET ROLE joe; GRANT SELECT ON t TO ann; RESET ROLE") ==
        "ann:r;joe joe:r*;");
  CHECK(PrivilegesOn(Resolved("CREATE FUNCTION f() RETURNS int RETURN 1; REVOKE ALL ON FUNCTION f FROM PUBLIC"),
                     Public(ObjectKind::kRoutine, "f")) == "public:");
}

TEST_CASE("what is revoked on a table is revoked on its columns") {
  const DesiredState state = Resolved(
      "CREATE TABLE t (a int, b int); GRANT SELECT (a), UPDATE (a, b) ON t TO joe; REVOKE UPDATE ON t FROM joe");
  CHECK(PrivilegesOn(state, ObjectId::Member(ObjectKind::kColumn, kTable, "a")) == "joe:r;");
  CHECK(PrivilegesOn(state, ObjectId::Member(ObjectKind::kColumn, kTable, "b")) == "");
}

TEST_CASE("default privileges count for what is created after them") {
  const DesiredState state = Resolved(
      "CREATE TABLE before ();"
      "ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO joe;"
      "ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT INSERT ON TABLES TO ann, joe;"
      "ALTER DEFAULT PRIVILEGES FOR ROLE joe GRANT ALL ON TABLES TO ann;"
      "CREATE TABLE t (); REVOKE INSERT ON t FROM joe;"
      "ALTER DEFAULT PRIVILEGES IN SCHEMA public REVOKE INSERT ON TABLES FROM ann;"
      "CREATE TABLE later (id int GENERATED ALWAYS AS IDENTITY);");
  CHECK(PrivilegesOn(state, Public(ObjectKind::kTable, "before")) == "");
  CHECK(PrivilegesOn(state, kTable) == "ann:a; joe:r;");
  CHECK(PrivilegesOn(state, Public(ObjectKind::kTable, "later")) == "joe:ar;");
  const auto defaults = [&](std::string_view schema, std::string_view grantee) {
    return state.schema.Contains(DefaultPrivilegesId("me", schema, AclTarget::kTable, grantee));
  };
  CHECK(defaults("", "joe"));
  CHECK(defaults("public", "joe"));
  CHECK_FALSE(defaults("public", "ann"));  // What it would be anyway.
}

TEST_CASE("an owner's own privileges have no name") {
  const DesiredState state =
      Resolved("CREATE TABLE t (); GRANT SELECT ON t TO joe; ALTER TABLE t OWNER TO joe; REVOKE INSERT ON t FROM joe");
  CHECK(PrivilegesOn(state, kTable) == ":rwdDxtm;");
  CHECK(OwnerIn(state.schema, kTable) == "joe");
  CHECK(OwnerIn(Resolved("SET ROLE ann; CREATE TABLE t ();").schema, kTable) == "ann");
  CHECK(OwnerIn(Resolved("CREATE TABLE t (); ALTER TABLE t OWNER TO CURRENT_USER").schema, kTable) == "");
}

TEST_CASE("what the files leave open belongs to whom it belongs to, or exactly to who runs the plan") {
  AccessContext context = Context();
  context.database_owner = "own";
  CHECK(OwnerIn(Resolved("CREATE TABLE t ();", context, true).schema, kTable) == "own");
  CHECK(PrivilegesOn(Resolved("CREATE TABLE t (); GRANT SELECT ON t TO own", context, true), kTable) == "");
  context.exact_owners = true;
  CHECK(OwnerIn(Resolved("CREATE TABLE t ();", context, true).schema, kTable) == "");
  CHECK(PrivilegesOn(Resolved("CREATE TABLE t (); GRANT SELECT ON t TO own", context, true), kTable) == "own:r;");
}

TEST_CASE("a sequence belongs to the owner of its table") {
  const DesiredState state = Resolved(
      "CREATE TABLE t (id serial); ALTER SEQUENCE t_id_seq OWNER TO joe; ALTER TABLE t OWNER TO ann;"
      "GRANT USAGE ON SEQUENCE t_id_seq TO ann;");
  CHECK(OwnerIn(state.schema, Public(ObjectKind::kSequence, "t_id_seq")) == "");
  CHECK(PrivilegesOn(state, Public(ObjectKind::kSequence, "t_id_seq")) == "");
}

}  // namespace schemadiff::test::canonical_access
