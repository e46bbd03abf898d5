#include "parser_support.h"

namespace schemadiff::test::parser_base_type {
namespace {

TEST_CASE("input and output functions come between the shell and the type") {
  const DesiredState state = StateOf(
      "CREATE TYPE b;"
      "CREATE FUNCTION i(cstring) RETURNS b LANGUAGE internal AS 'int4in';"
      "CREATE FUNCTION o(b) RETURNS cstring LANGUAGE internal AS 'int4out';"
      "CREATE FUNCTION other(b) RETURNS b LANGUAGE internal AS 'int4up';"
      "CREATE TYPE b (INPUT = i, OUTPUT = o, LIKE = int8, CATEGORY = 'N', STORAGE = plain);");
  const ObjectId id = Public(ObjectKind::kBaseType, "b");
  const ObjectId shell = Public(ObjectKind::kBaseType, "b", kShellArgument);
  const BaseType& type = Get(state, id).As<BaseType>();
  CHECK_FALSE(type.shell);
  CHECK(type.input == "public.i");
  CHECK(type.length == 8);
  CHECK(type.by_value);
  CHECK(type.alignment == "double");
  CHECK(type.category == "N");
  CHECK(HasEdge(Get(state, id), Public(ObjectKind::kRoutine, "i", "cstring")));
  CHECK(HasEdge(Get(state, Public(ObjectKind::kRoutine, "o", "public.b")), shell));
  CHECK(HasEdge(Get(state, Public(ObjectKind::kRoutine, "other", "public.b")), id));
}

TEST_CASE("a shell alone is a type, and one that becomes a range type is none") {
  const DesiredState state = StateOf("CREATE TYPE lone; CREATE TYPE r; CREATE TYPE r AS RANGE (SUBTYPE = int);");
  CHECK(Get(state, Public(ObjectKind::kBaseType, "lone")).As<BaseType>().shell);
  CHECK_FALSE(state.schema.Contains(Public(ObjectKind::kBaseType, "r")));
  CHECK(state.schema.Contains(Public(ObjectKind::kRange, "r")));
}

TEST_CASE("ALTER TYPE ... SET changes the optional functions") {
  const DesiredState state = StateOf(
      "CREATE TYPE b; CREATE TYPE b (INPUT = i, OUTPUT = o, SEND = s, ELEMENT = int, INTERNALLENGTH = 8);"
      "ALTER TYPE b SET (SEND = NONE, RECEIVE = r, STORAGE = plain);");
  const BaseType& type = Get(state, Public(ObjectKind::kBaseType, "b")).As<BaseType>();
  CHECK(type.send.empty());
  CHECK(type.receive == "r");
  CHECK(type.subscript == "raw_array_subscript_handler");
}

TEST_CASE("what a base type lacks is reported") {
  CHECK(ErrorsOf("CREATE TYPE b (INPUT = i)").contains("no input or no output function"));
  CHECK(ErrorsOf("CREATE TYPE b (INPUT = i, OUTPUT = o, LIKE = hstore)").contains("the layout of type `hstore`"));
}

}  // namespace
}  // namespace schemadiff::test::parser_base_type
