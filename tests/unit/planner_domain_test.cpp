#include "planner_rules_support.h"

namespace schemadiff::test::planner_domain {
namespace {

const ObjectId kEmail = ObjectId::Of(ObjectKind::kDomain, "app", "email");
const ObjectId kCheck = ObjectId::Member(ObjectKind::kDomainConstraint, kEmail, "has_at");
const ObjectId kTable = ObjectId::Of(ObjectKind::kTable, "app", "person");

Schema With(Domain domain, std::vector<DomainConstraint> constraints = {}, bool used = true) {
  Schema schema = SchemaOf({Fact(kEmail, std::move(domain))});
  for (DomainConstraint& constraint : constraints) schema.Add(Fact(kCheck, std::move(constraint)));
  if (!used) return schema;
  schema.Add(Fact(kTable, Table{}));
  schema.Add(Fact(ObjectId::Member(ObjectKind::kColumn, kTable, "email"), Column{.type = {"app.email"}}, {kEmail}));
  return schema;
}

TEST_CASE("a domain is created with its constraints; an unproved one is added apart") {
  const Domain domain{.type = {"text"}, .collation = "\"C\"", .default_value = {"'a@b'::text"}, .not_null = true};
  CHECK(
      SqlBetween({}, With(domain, {{.expression = {"VALUE ~ '@'::text"}}}, false)) ==
      Sql{"CREATE DOMAIN app.email AS text COLLATE \"C\" DEFAULT 'a@b'::text NOT NULL CONSTRAINT has_at CHECK (VALUE ~ "
          "'@'::text)"});
  CHECK(SqlBetween({}, With({.type = {"text"}}, {{.expression = {"VALUE ~ '@'::text"}, .valid = false}}, false)) ==
        Sql{"CREATE DOMAIN app.email AS text",
            "ALTER DOMAIN app.email ADD CONSTRAINT has_at CHECK (VALUE ~ '@'::text) NOT VALID"});
}

TEST_CASE("default and NOT NULL change in place; the latter scans what uses the domain") {
  const auto steps =
      StepsBetween(With({.type = {"text"}}), With({.type = {"text"}, .default_value = {"'x'"}, .not_null = true}));
  CHECK(SqlOf(steps) == Sql{"ALTER DOMAIN app.email SET DEFAULT 'x'", "ALTER DOMAIN app.email SET NOT NULL"});
  CHECK(steps[0].locks.empty());
  CHECK(steps[1].locks == std::vector<Lock>{{"app.person", LockMode::kShare}});
  CHECK(steps[1].scans == std::vector<std::string>{"app.person"});
  CHECK(HasHazard(steps[1], HazardKind::kMayFail));
  CHECK(HasHazard(steps[1], HazardKind::kBlocksWrites));
}

TEST_CASE("a constraint of a domain in use is proved in a transaction of its own") {
  const auto steps =
      StepsBetween(With({.type = {"text"}}), With({.type = {"text"}}, {{.expression = {"VALUE <> ''"}}}));
  CHECK(SqlOf(steps) == Sql{"ALTER DOMAIN app.email ADD CONSTRAINT has_at CHECK (VALUE <> '') NOT VALID",
                            "ALTER DOMAIN app.email VALIDATE CONSTRAINT has_at"});
  CHECK(steps[0].locks.empty());
  CHECK(steps[1].transaction == TransactionMode::kOwn);
  CHECK(steps[0].group != steps[1].group);
}

TEST_CASE("a constraint changes by being made anew, and becomes valid in place") {
  const Domain domain{.type = {"text"}};
  CHECK(SqlBetween(With(domain, {{.expression = {"VALUE <> ''"}}}, false),
                   With(domain, {{.expression = {"VALUE <> 'a'"}}}, false)) ==
        Sql{"ALTER DOMAIN app.email DROP CONSTRAINT has_at",
            "ALTER DOMAIN app.email ADD CONSTRAINT has_at CHECK (VALUE <> 'a')"});
  CHECK(SqlBetween(With(domain, {{.expression = {"VALUE <> ''"}, .valid = false}}),
                   With(domain, {{.expression = {"VALUE <> ''"}}})) ==
        Sql{"ALTER DOMAIN app.email VALIDATE CONSTRAINT has_at"});
}

TEST_CASE("a constraint of a domain in use changes without a gap") {
  const Domain domain{.type = {"text"}};
  const auto steps =
      StepsBetween(With(domain, {{.expression = {"VALUE <> ''"}}}), With(domain, {{.expression = {"VALUE <> 'a'"}}}));
  REQUIRE(steps.size() == 2);
  CHECK(steps[0].sql == Sql{"ALTER DOMAIN app.email DROP CONSTRAINT has_at",
                            "ALTER DOMAIN app.email ADD CONSTRAINT has_at CHECK (VALUE <> 'a') NOT VALID"});
  CHECK(steps[1].sql == Sql{"ALTER DOMAIN app.email VALIDATE CONSTRAINT has_at"});
}

TEST_CASE("another base type replaces the domain under the columns, with its constraints") {
  const Sql sql = SqlBetween(With({.type = {"text"}}, {{.expression = {"VALUE <> ''"}}}),
                             With({.type = {"character varying(9)"}}, {{.expression = {"VALUE <> 'a'"}}}));
  REQUIRE(sql.size() == 4);
  CHECK(sql[0] == "ALTER DOMAIN app.email RENAME TO email__old");
  CHECK(sql[1] == "CREATE DOMAIN app.email AS character varying(9) CONSTRAINT has_at CHECK (VALUE <> 'a')");
  CHECK(sql[2].starts_with("ALTER TABLE app.person ALTER COLUMN email TYPE app.email"));
  CHECK(sql[3] == "DROP DOMAIN app.email__old");
}

}  // namespace
}  // namespace schemadiff::test::planner_domain
