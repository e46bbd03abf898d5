#include "planner_rules_support.h"

namespace schemadiff::test::planner_base_type {
namespace {

const ObjectId kType = ObjectId::Of(ObjectKind::kBaseType, "app", "b");
const ObjectId kShell = ObjectId::Of(ObjectKind::kBaseType, "app", "b", kShellArgument);
const ObjectId kIn = ObjectId::Of(ObjectKind::kRoutine, "app", "i", "cstring");

const BaseType kAttributes{.input = "app.i", .output = "textout"};
const Routine kInput{.arguments = {{.type = {"cstring"}}}, .returns = {"app.b"}, .language = "internal", .body = "x"};

TEST_CASE("a new type: its shell, its functions, itself") {
  const Sql sql = SqlBetween({}, SchemaOf({Fact(kType, kAttributes, {kIn}), Fact(kIn, kInput, {kShell})}));
  REQUIRE(sql.size() == 3);
  CHECK(sql[0] == "CREATE TYPE app.b");
  CHECK(sql[1].starts_with("CREATE FUNCTION app.i(cstring)"));
  CHECK(sql[2] ==
        "CREATE TYPE app.b (input = app.i, output = textout, internallength = variable, alignment = int4,"
        " storage = plain)");
}

TEST_CASE("a type is dropped with the functions that it cannot be without, and says so") {
  Object input = Fact(kIn, kInput);
  input.edges.push_back({kType, EdgeKind::kOwnedBy});
  const auto steps = StepsBetween(SchemaOf({Fact(kType, kAttributes), input}), {});
  REQUIRE(steps.size() == 1);
  CHECK(steps[0].sql == Sql{"DROP TYPE app.b CASCADE"});
  CHECK(steps[0].note.contains("app.i(cstring)"));
}

TEST_CASE("optional functions and the storage are set in place, the layout is not") {
  BaseType after = kAttributes;
  after.send = "app.s";
  after.storage = "extended";
  const Schema live = SchemaOf({Fact(kType, kAttributes)});
  CHECK(SqlBetween(live, SchemaOf({Fact(kType, after)})) ==
        Sql{"ALTER TYPE app.b SET (SEND = app.s, STORAGE = extended)"});
  after.alignment = "double";
  CHECK(SqlBetween(live, SchemaOf({Fact(kType, after)})).front() == "DROP TYPE app.b");
}

}  // namespace
}  // namespace schemadiff::test::planner_base_type
