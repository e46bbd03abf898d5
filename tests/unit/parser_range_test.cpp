#include "parser_support.h"

namespace schemadiff::test::parser_range {
namespace {

const Range& RangeOf(const DesiredState& state, std::string_view name) {
  return Get(state, Public(ObjectKind::kRange, name)).As<Range>();
}

TEST_CASE("a multirange type gets the name that PostgreSQL gives it") {
  const DesiredState state = StateOf(
      "CREATE TYPE timerange AS RANGE (SUBTYPE = time);"
      "CREATE TYPE span AS RANGE (SUBTYPE = numeric);"
      "CREATE TYPE own AS RANGE (SUBTYPE = int, MULTIRANGE_TYPE_NAME = app.\"Owns\");");
  CHECK(RangeOf(state, "timerange").multirange == "public.timemultirange");
  CHECK(RangeOf(state, "span").multirange == "public.span_multirange");
  CHECK(RangeOf(state, "own").multirange == "app.\"Owns\"");
}

TEST_CASE("a long name is cut as PostgreSQL cuts it") {
  const std::string name(60, 'x');
  const DesiredState state = StateOf("CREATE TYPE " + name + " AS RANGE (SUBTYPE = int)");
  CHECK(RangeOf(state, name).multirange == "public." + std::string(52, 'x') + "_multirange");
}

TEST_CASE("functions and operator classes are named as the catalog names them") {
  const DesiredState state = StateOf(
      "CREATE FUNCTION diff(text, text) RETURNS float8 LANGUAGE sql AS 'SELECT 0.0';"
      "CREATE TYPE words AS RANGE (SUBTYPE = text, SUBTYPE_OPCLASS = pg_catalog.text_pattern_ops, COLLATION = \"C\","
      " SUBTYPE_DIFF = diff);");
  const Object& object = Get(state, Public(ObjectKind::kRange, "words"));
  CHECK(object.As<Range>().operator_class == "text_pattern_ops");
  CHECK(object.As<Range>().collation == "\"C\"");
  CHECK(object.As<Range>().subtype_diff == "public.diff");
  CHECK(HasEdge(object, Public(ObjectKind::kRoutine, "diff", "text, text")));
}

TEST_CASE("who uses the multirange type or a constructor depends on the range type") {
  const DesiredState state = StateOf(
      "CREATE TYPE span AS RANGE (SUBTYPE = int);"
      "CREATE TABLE t (a span_multirange, b span DEFAULT span(1, 2));");
  const ObjectId span = Public(ObjectKind::kRange, "span");
  const ObjectId table = Public(ObjectKind::kTable, "t");
  CHECK(HasEdge(Get(state, ObjectId::Member(ObjectKind::kColumn, table, "a")), span));
  const ObjectId b = ObjectId::Member(ObjectKind::kColumn, table, "b");
  CHECK(HasEdge(Get(state, b), span));
  CHECK(HasEdge(Get(state, ObjectId::Member(ObjectKind::kColumnDefault, b, "")), span));
}

TEST_CASE("what a range type does not have is reported") {
  CHECK(ErrorsOf("CREATE TYPE r AS RANGE (SUBTYPE_DIFF = float8mi)").contains("says no subtype"));
  CHECK(ErrorsOf("CREATE TYPE r AS RANGE (SUBTYPE = int, COLOUR = red)").contains("option `colour` of a range type"));
}

TEST_CASE("comments, renames and drops find a range type") {
  const DesiredState state = StateOf(
      "CREATE TYPE r AS RANGE (SUBTYPE = int); CREATE TYPE gone AS RANGE (SUBTYPE = int); DROP TYPE gone;"
      "COMMENT ON TYPE r IS 'x'; ALTER TYPE r RENAME TO renamed;");
  const ObjectId renamed = Public(ObjectKind::kRange, "renamed");
  CHECK(Get(state, ObjectId::Member(ObjectKind::kComment, renamed, "")).As<Comment>().text == "x");
  CHECK_FALSE(state.schema.Contains(Public(ObjectKind::kRange, "gone")));
}

}  // namespace
}  // namespace schemadiff::test::parser_range
