#include "parser_support.h"

namespace schemadiff::test::parser_domain {
namespace {

const ObjectId kD = Public(ObjectKind::kDomain, "d");

ObjectId Constraint(std::string_view name) { return ObjectId::Member(ObjectKind::kDomainConstraint, kD, name); }

}  // namespace

TEST_CASE("domain: all clauses") {
  const DesiredState state = StateOf(
      "CREATE FUNCTION f() RETURNS text LANGUAGE sql RETURN 'x';"
      "CREATE DOMAIN d AS varchar(20) DEFAULT f() || 'a' COLLATE \"C\" NOT NULL"
      " CHECK (VALUE <> '') CONSTRAINT short CHECK (length(VALUE) < 9) CHECK (VALUE <> f())");
  const Object& domain = Get(state, kD);
  CHECK(domain.As<Domain>().type.sql == "character varying(20)");
  CHECK(domain.As<Domain>().collation == "\"C\"");
  CHECK(domain.As<Domain>().default_value.sql == "public.f() || 'a'");
  CHECK(domain.As<Domain>().not_null);
  CHECK(HasEdge(domain, Public(ObjectKind::kRoutine, "f")));
  CHECK(Get(state, Constraint("d_check")).As<DomainConstraint>().expression.sql == "VALUE <> ''");
  CHECK(Get(state, Constraint("short")).As<DomainConstraint>().expression.sql == "length(VALUE) < 9");
  CHECK(Get(state, Constraint("d_check1")).As<DomainConstraint>().expression.sql == "VALUE <> public.f()");
  CHECK(HasEdge(Get(state, Constraint("d_check1")), Public(ObjectKind::kRoutine, "f")));
}

TEST_CASE("domain: DEFAULT NULL is no default") {
  CHECK(!Get(StateOf("CREATE DOMAIN d AS text DEFAULT NULL"), kD).As<Domain>().default_value);
}

TEST_CASE("domain: the made name is cut at 63 bytes") {
  const std::string name(63, 'a');
  const DesiredState state = StateOf("CREATE DOMAIN " + name + " AS int CHECK (VALUE > 0)");
  const ObjectId id = ObjectId::Member(ObjectKind::kDomainConstraint, Public(ObjectKind::kDomain, name),
                                       std::string(57, 'a') + "_check");
  CHECK(state.schema.Contains(id));
}

TEST_CASE("domain: altered") {
  const std::string create = "CREATE DOMAIN d AS int DEFAULT 1 NOT NULL CONSTRAINT c CHECK (VALUE > 0);";
  const auto domain = [&](const std::string& alter) { return Get(StateOf(create + alter), kD).As<Domain>(); };
  CHECK(domain("ALTER DOMAIN d SET DEFAULT 2 + 3").default_value.sql == "2 + 3");
  CHECK(!domain("ALTER DOMAIN d DROP DEFAULT").default_value);
  CHECK(!domain("ALTER DOMAIN d DROP NOT NULL").not_null);
  CHECK(domain("ALTER DOMAIN d DROP NOT NULL; ALTER DOMAIN d SET NOT NULL").not_null);
  CHECK(!domain("ALTER DOMAIN d DROP CONSTRAINT d_not_null").not_null);
  CHECK(domain("ALTER DOMAIN d DROP NOT NULL; ALTER DOMAIN d ADD CONSTRAINT x NOT NULL").not_null);
  CHECK(!StateOf(create + "ALTER DOMAIN d DROP CONSTRAINT c").schema.Contains(Constraint("c")));
  CHECK(ErrorsOf(create + "ALTER DOMAIN d DROP CONSTRAINT IF EXISTS x") == "");
  CHECK(ErrorsOf("ALTER DOMAIN d DROP NOT NULL") == "test.sql:1:1: domain `d` does not exist\n");
  CHECK(ErrorsOf(create + "\nALTER DOMAIN d DROP CONSTRAINT x") ==
        "test.sql:2:1: domain constraint `public.d.x` does not exist\n");
  CHECK(ErrorsOf(create + "\nALTER DOMAIN d ADD CONSTRAINT c CHECK (VALUE < 9)") ==
        "test.sql:2:20: domain constraint `public.d.c` is declared twice\n");
}

TEST_CASE("domain: a constraint that is not valid yet, and one renamed") {
  const std::string create = "CREATE DOMAIN d AS int; ALTER DOMAIN d ADD CHECK (VALUE > 0) NOT VALID;";
  CHECK(!Get(StateOf(create), Constraint("d_check")).As<DomainConstraint>().valid);
  CHECK(Get(StateOf(create + "ALTER DOMAIN d VALIDATE CONSTRAINT d_check"), Constraint("d_check"))
            .As<DomainConstraint>()
            .valid);
  CHECK(StateOf(create + "ALTER DOMAIN d RENAME CONSTRAINT d_check TO x").schema.Contains(Constraint("x")));
  const DesiredState commented = StateOf(create + "COMMENT ON CONSTRAINT d_check ON DOMAIN d IS 'why'");
  CHECK(Get(commented, ObjectId::Member(ObjectKind::kComment, Constraint("d_check"), "")).As<Comment>().text == "why");
}

}  // namespace schemadiff::test::parser_domain
