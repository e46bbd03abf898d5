#include "parser_support.h"

namespace schemadiff::test::parser_operator {
namespace {

const char* kEquality =
    "CREATE TYPE c AS (x int);"
    "CREATE FUNCTION eq(c, c) RETURNS bool LANGUAGE sql AS 'SELECT true';"
    "CREATE FUNCTION ne(c, c) RETURNS bool LANGUAGE sql AS 'SELECT false';";

ObjectId Op(std::string_view name, std::string_view sides = "public.c, public.c") {
  return Public(ObjectKind::kOperator, name, sides);
}

TEST_CASE("an operator names its function and links, which are qualified") {
  const DesiredState state = StateOf(std::string(kEquality) +
                                     "CREATE OPERATOR == (LEFTARG = c, RIGHTARG = c, FUNCTION = eq, COMMUTATOR = ==,"
                                     " NEGATOR = !==, RESTRICT = eqsel, JOIN = pg_catalog.eqjoinsel, HASHES, MERGES);");
  const Object& object = Get(state, Op("=="));
  const Operator& op = object.As<Operator>();
  CHECK(op.function == "public.eq");
  CHECK(op.commutator == "public.==");
  CHECK(op.negator == "public.!==");
  CHECK(op.restriction == "eqsel");
  CHECK(op.join == "eqjoinsel");
  CHECK(op.hashes);
  CHECK(HasEdge(object, Public(ObjectKind::kRoutine, "eq", "public.c, public.c")));
  CHECK(HasEdge(object, Public(ObjectKind::kCompositeType, "c")));
}

TEST_CASE("an operator that is there is linked back, one that comes later is not") {
  const std::string with = "CREATE OPERATOR == (LEFTARG = c, RIGHTARG = c, FUNCTION = eq, NEGATOR = !==);";
  const std::string without = "CREATE OPERATOR !== (LEFTARG = c, RIGHTARG = c, FUNCTION = ne);";
  const DesiredState linked = StateOf(kEquality + without + with);
  CHECK(Get(linked, Op("!==")).As<Operator>().negator == "public.==");
  const DesiredState open = StateOf(kEquality + with + without);
  CHECK(Get(open, Op("!==")).As<Operator>().negator.empty());
  CHECK(Get(open, Op("!==")).As<Operator>().negator_open);
}

TEST_CASE("prefix operators, and what COMMENT, ALTER and DROP find") {
  const DesiredState state = StateOf(
      "CREATE FUNCTION neg(int) RETURNS int LANGUAGE sql AS 'SELECT -$1';"
      "CREATE OPERATOR !! (RIGHTARG = int, PROCEDURE = neg); COMMENT ON OPERATOR !! (NONE, int) IS 'x';"
      "ALTER OPERATOR !! (NONE, int) SET (RESTRICT = neqsel); ALTER OPERATOR !! (NONE, int) SET (RESTRICT = NONE);"
      "CREATE OPERATOR !!! (RIGHTARG = int, PROCEDURE = neg); DROP OPERATOR !!! (NONE, int);");
  const ObjectId id = Op("!!", "NONE, integer");
  CHECK(Get(state, id).As<Operator>().restriction.empty());
  CHECK(state.schema.Contains(ObjectId::Member(ObjectKind::kComment, id, "")));
  CHECK_FALSE(state.schema.Contains(Op("!!!", "NONE, integer")));
}

TEST_CASE("a class makes its family, and its access method says which members are its own") {
  const DesiredState state = StateOf(
      "CREATE OPERATOR CLASS k FOR TYPE int USING btree AS OPERATOR 1 <, FUNCTION 1 btint4cmp(int, int),"
      " FUNCTION 2 btint4sortsupport(internal);"
      "ALTER OPERATOR FAMILY k USING btree ADD OPERATOR 1 < (int, bigint), OPERATOR 3 = (int, int);");
  const OperatorClass& k = Get(state, Public(ObjectKind::kOperatorClass, "k", "btree")).As<OperatorClass>();
  CHECK(k.family == "public.k");
  REQUIRE(k.members.size() == 3);
  CHECK(k.members[0] == FamilyMember{.number = 1, .left = "integer", .right = "integer", .name = "pg_catalog.<"});
  CHECK(k.members[1].number == 3);
  CHECK(k.members[2].name == "btint4cmp(integer, integer)");
  const OperatorFamily& family = Get(state, Public(ObjectKind::kOperatorFamily, "k", "btree")).As<OperatorFamily>();
  REQUIRE(family.members.size() == 2);
  CHECK(family.members[0].right == "bigint");
  CHECK(family.members[1].number == 2);
}

TEST_CASE("members of a family are dropped wherever they are held") {
  const DesiredState state = StateOf(
      "CREATE OPERATOR FAMILY f USING btree;"
      "CREATE OPERATOR CLASS k FOR TYPE int USING btree FAMILY f AS OPERATOR 1 <, OPERATOR 3 =;"
      "ALTER OPERATOR FAMILY f USING btree ADD OPERATOR 1 < (int, bigint);"
      "ALTER OPERATOR FAMILY f USING btree DROP OPERATOR 1 (int, bigint), OPERATOR 3 (int, int);");
  CHECK(Get(state, Public(ObjectKind::kOperatorClass, "k", "btree")).As<OperatorClass>().members.size() == 1);
  CHECK(Get(state, Public(ObjectKind::kOperatorFamily, "f", "btree")).As<OperatorFamily>().members.empty());
}

TEST_CASE("indexes depend on the classes that they name") {
  const DesiredState state = StateOf(
      "CREATE TABLE t (a int); CREATE INDEX i ON t (a k);"
      "CREATE OPERATOR CLASS k FOR TYPE int USING btree AS OPERATOR 1 <;");
  const ObjectId index = ObjectId::Member(ObjectKind::kIndex, Public(ObjectKind::kTable, "t"), "i");
  CHECK(Get(state, index).As<Index>().elements[0].operator_class == "public.k");
  CHECK(HasEdge(Get(state, index), Public(ObjectKind::kOperatorClass, "k", "btree")));
}

TEST_CASE("casts, transforms, conversions, languages and access methods are found by what names them") {
  const DesiredState state = StateOf(
      "CREATE TYPE c AS (x int); CREATE FUNCTION f(c) RETURNS int LANGUAGE sql AS 'SELECT 1';"
      "CREATE CAST (c AS int) WITH FUNCTION f(c) AS IMPLICIT; COMMENT ON CAST (c AS int4) IS 'x';"
      "CREATE CAST (c AS text) WITH INOUT; DROP CAST (c AS text);"
      "CREATE DEFAULT CONVERSION v FOR 'iso-8859-1' TO 'unicode' FROM iso8859_1_to_utf8;"
      "CREATE TRUSTED LANGUAGE l HANDLER plpgsql_call_handler; ALTER LANGUAGE l RENAME TO m;"
      "CREATE TRANSFORM FOR c LANGUAGE m (FROM SQL WITH FUNCTION tr(internal));"
      "COMMENT ON TRANSFORM FOR c LANGUAGE m IS 'x'; CREATE ACCESS METHOD heap2 TYPE TABLE HANDLER "
      "heap_tableam_handler;");
  const ObjectId cast = ObjectId::Of(ObjectKind::kCast, "", "public.c", "integer");
  CHECK(Get(state, cast).As<Cast>().function == "public.f(public.c)");
  CHECK(Get(state, cast).As<Cast>().context == Cast::Context::kImplicit);
  CHECK(state.schema.Contains(ObjectId::Member(ObjectKind::kComment, cast, "")));
  CHECK_FALSE(state.schema.Contains(ObjectId::Of(ObjectKind::kCast, "", "public.c", "text")));
  const Conversion& conversion = Get(state, Public(ObjectKind::kConversion, "v")).As<Conversion>();
  CHECK(conversion.source == "LATIN1");
  CHECK(conversion.target == "UTF8");
  CHECK(Get(state, ObjectId::Of(ObjectKind::kLanguage, "", "m")).As<Language>().trusted);
  const ObjectId transform = ObjectId::Of(ObjectKind::kTransform, "", "public.c", "m");
  CHECK(Get(state, transform).As<Transform>().from_sql == "tr(internal)");
  CHECK(state.schema.Contains(ObjectId::Member(ObjectKind::kComment, transform, "")));
  const ObjectId method = ObjectId::Of(ObjectKind::kAccessMethod, "", "heap2");
  CHECK(Get(state, method).As<AccessMethod>().type == AccessMethod::Type::kTable);
}

}  // namespace
}  // namespace schemadiff::test::parser_operator
