#include "planner_rules_support.h"

namespace schemadiff::test::planner_extension {
namespace {

const ObjectId kExtension = ObjectId::Of(ObjectKind::kExtension, "", "uuid-ossp");

Schema With(Extension extension) { return SchemaOf({Fact(kExtension, std::move(extension))}); }

TEST_CASE("an extension comes after its schema") {
  Schema desired = With({.schema = "tools", .version = "1.1"});
  desired.Add(Fact(ObjectId::Of(ObjectKind::kNamespace, "", "tools"), Namespace{}));
  CHECK(SqlBetween({}, desired) ==
        Sql{"CREATE SCHEMA tools", "CREATE EXTENSION \"uuid-ossp\" WITH SCHEMA tools VERSION '1.1'"});
  CHECK(SqlBetween({}, With({.version = "1.1"})) == Sql{"CREATE EXTENSION \"uuid-ossp\" WITH VERSION '1.1'"});
}

TEST_CASE("schema and version change in place") {
  const auto steps = StepsBetween(With({.schema = "a", .version = "1.0"}), With({.schema = "b", .version = "1.1"}));
  CHECK(SqlOf(steps) ==
        Sql{"ALTER EXTENSION \"uuid-ossp\" SET SCHEMA b", "ALTER EXTENSION \"uuid-ossp\" UPDATE TO '1.1'"});
  CHECK(HasHazard(steps[1], HazardKind::kOpaque));
}

TEST_CASE("dropping an extension loses what it holds") {
  CHECK(HasHazard(StepsBetween(With({.version = "1.0"}), {}).front(), HazardKind::kDataLoss));
}

}  // namespace
}  // namespace schemadiff::test::planner_extension
