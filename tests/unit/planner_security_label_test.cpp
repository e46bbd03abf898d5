#include "planner_rules_support.h"

namespace schemadiff::test::planner_security_label {
namespace {

const ObjectId kTable = ObjectId::Of(ObjectKind::kTable, "app", "t");
const ObjectId kColumn = ObjectId::Member(ObjectKind::kColumn, kTable, "c");
const ObjectId kLabel = ObjectId::Member(ObjectKind::kSecurityLabel, kColumn, "Dummy");

Schema With(const char* label) {
  std::vector<Object> objects{Fact(kTable, Table{}), Fact(kColumn, Column{.type = {"text"}})};
  if (label != nullptr) objects.push_back(Fact(kLabel, SecurityLabel{label}));
  return SchemaOf(std::move(objects));
}

TEST_CASE("a security label is set, changed and taken away") {
  const std::string start = "SECURITY LABEL FOR \"Dummy\" ON COLUMN app.t.c IS ";
  const auto steps = StepsBetween(With(nullptr), With("it's"));
  CHECK(SqlOf(steps) == Sql{start + "'it''s'"});
  CHECK(steps.front().undo == start + "NULL");
  CHECK(steps.front().locks == std::vector<Lock>{{"app.t", LockMode::kShareUpdateExclusive}});
  CHECK(HasHazard(steps.front(), HazardKind::kAccessChange));
  CHECK(SqlBetween(With("a"), With("b")) == Sql{start + "'b'"});
  CHECK(SqlBetween(With("a"), With(nullptr)) == Sql{start + "NULL"});
}

}  // namespace
}  // namespace schemadiff::test::planner_security_label
