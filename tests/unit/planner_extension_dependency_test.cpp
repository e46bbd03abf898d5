#include "planner_rules_support.h"

namespace schemadiff::test::planner_extension_dependency {
namespace {

const ObjectId kExtension = ObjectId::Of(ObjectKind::kExtension, "", "hstore");
const ObjectId kRoutine = ObjectId::Of(ObjectKind::kRoutine, "app", "f", "integer");
const ObjectId kIndex = ObjectId::Member(ObjectKind::kIndex, ObjectId::Of(ObjectKind::kTable, "app", "t"), "i");

// A function and an index, one of which may depend on an extension.
Schema With(ObjectId dependent) {
  std::vector<Object> objects{Fact(kIndex.parent(), Table{}), Fact(kIndex, Index{}),
                              Fact(kRoutine, Routine{.arguments = {{.type = {"integer"}}}, .language = "sql"})};
  if (dependent) {
    objects.push_back(Fact(kExtension, Extension{}));
    objects.push_back(Fact(ObjectId::Member(ObjectKind::kExtensionDependency, dependent, "hstore"),
                           ExtensionDependency{"hstore"}, {kExtension}));
  }
  return SchemaOf(std::move(objects));
}

TEST_CASE("what depends on an extension does so after it was made") {
  const auto steps = StepsBetween(With({}), With(kIndex));
  REQUIRE(steps.size() == 2);
  CHECK(steps[1].sql == Sql{"ALTER INDEX app.i DEPENDS ON EXTENSION hstore"});
  CHECK(steps[1].undo == "ALTER INDEX app.i NO DEPENDS ON EXTENSION hstore");
  CHECK(steps[1].locks == std::vector<Lock>{{"app.i", LockMode::kAccessExclusive}});
}

TEST_CASE("what stays no longer depends on an extension before that goes") {
  const Sql sql = SqlBetween(With(kRoutine), With({}));
  REQUIRE(sql.size() == 2);
  CHECK(sql[0] == "ALTER FUNCTION app.f(integer) NO DEPENDS ON EXTENSION hstore");
  CHECK(sql[1] == "DROP EXTENSION hstore");
}

}  // namespace
}  // namespace schemadiff::test::planner_extension_dependency
