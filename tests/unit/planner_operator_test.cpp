#include "planner_rules_support.h"

namespace schemadiff::test::planner_operator {
namespace {

const ObjectId kEq = ObjectId::Of(ObjectKind::kOperator, "app", "==", "integer, integer");
const ObjectId kFamily = ObjectId::Of(ObjectKind::kOperatorFamily, "app", "f", "btree");

Schema With(Operator op) { return SchemaOf({Fact(kEq, std::move(op))}); }

TEST_CASE("estimators are set in place; links and marks from version 17, where there were none") {
  const Operator before{.function = "app.eq", .restriction = "eqsel"};
  Operator after = before;
  after.restriction.clear();
  CHECK(SqlBetween(With(before), With(after), 140000) ==
        Sql{"ALTER OPERATOR app.== (integer, integer) SET (RESTRICT = NONE)"});
  after.hashes = true;
  CHECK(SqlBetween(With(before), With(after), 170000) ==
        Sql{"ALTER OPERATOR app.== (integer, integer) SET (RESTRICT = NONE, HASHES)"});
  CHECK(SqlBetween(With(before), With(after), 160000).front() == "DROP OPERATOR app.== (integer, integer)");
}

TEST_CASE("a link that a new operator sets needs no statement of its own") {
  const ObjectId ne = ObjectId::Of(ObjectKind::kOperator, "app", "!==", "integer, integer");
  const Schema desired = SchemaOf({Fact(kEq, Operator{.function = "app.eq", .negator = "app.!=="}),
                                   Fact(ne, Operator{.function = "app.ne", .negator = "app.=="})});
  CHECK(SqlBetween(With({.function = "app.eq"}), desired, 140000) ==
        Sql{"CREATE OPERATOR app.!== (function = app.ne, leftarg = integer, rightarg = integer,"
            " negator = OPERATOR(app.==))"});
}

TEST_CASE("members of a family come and go in place") {
  const FamilyMember less{.number = 1, .left = "integer", .right = "bigint", .name = "app.<"};
  const FamilyMember compare{
      .is_function = true, .number = 1, .left = "integer", .right = "bigint", .name = "app.c(integer, bigint)"};
  CHECK(SqlBetween(SchemaOf({Fact(kFamily, OperatorFamily{{less}})}),
                   SchemaOf({Fact(kFamily, OperatorFamily{{compare}})})) ==
        Sql{"ALTER OPERATOR FAMILY app.f USING btree DROP OPERATOR 1 (integer, bigint)",
            "ALTER OPERATOR FAMILY app.f USING btree ADD FUNCTION 1 (integer, bigint) app.c(integer, bigint)"});
}

TEST_CASE("an index is not made beside the old one where its operator class goes meanwhile") {
  const ObjectId table = ObjectId::Of(ObjectKind::kTable, "app", "t");
  const ObjectId k = ObjectId::Of(ObjectKind::kOperatorClass, "app", "k", "btree");
  const auto state = [&](bool is_default) {
    return SchemaOf({Fact(table, Table{}),
                     Fact(ObjectId::Member(ObjectKind::kColumn, table, "a"), Column{.type = {"integer"}}),
                     Fact(k, OperatorClass{.type = {"integer"}, .is_default = is_default, .family = "app.k"}),
                     Fact(ObjectId::Member(ObjectKind::kIndex, table, "i"),
                          Index{.elements = {{.column = "a", .operator_class = "app.k"}}}, {k})});
  };
  const Sql sql = SqlBetween(state(false), state(true));
  REQUIRE(sql.size() == 4);
  CHECK(sql[0].starts_with("DROP INDEX"));
  CHECK(sql[1] == "DROP OPERATOR CLASS app.k USING btree");
  CHECK(sql[2].starts_with("CREATE OPERATOR CLASS app.k DEFAULT FOR TYPE integer USING btree FAMILY app.k AS"));
  CHECK(sql[3].starts_with("CREATE INDEX"));
}

}  // namespace
}  // namespace schemadiff::test::planner_operator
