#include "parser_support.h"

namespace schemadiff {
namespace {

// The comment on what is named, in a state that holds one object of each kind; `none` when there is none.
std::string CommentOn(const std::string& what, ObjectId target) {
  const DesiredState state = StateOf(
      "COMMENT ON " + what +
      " IS E' it''s \\n';"
      "CREATE EXTENSION hstore; CREATE SCHEMA a; CREATE TABLE t (c int CONSTRAINT k CHECK (c > 0)); CREATE SEQUENCE s;"
      "CREATE INDEX i ON t (c);"
      "CREATE VIEW v AS SELECT 1; CREATE MATERIALIZED VIEW m AS SELECT 1; CREATE POLICY p ON t;"
      "CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS '';"
      "CREATE TRIGGER g AFTER INSERT ON t EXECUTE FUNCTION f();");
  const Object* comment = state.schema.Find(ObjectId::Member(ObjectKind::kComment, target, ""));
  return comment == nullptr ? "none" : comment->As<Comment>().text;
}

}  // namespace

TEST_CASE("comments on every kind, wherever they stand") {
  using enum ObjectKind;
  const ObjectId table = Public(kTable, "t");
  const std::string text = " it's \n";
  CHECK(CommentOn("EXTENSION hstore", ObjectId::Of(kExtension, "", "hstore")) == text);
  CHECK(CommentOn("SCHEMA a", ObjectId::Of(kNamespace, "", "a")) == text);
  CHECK(CommentOn("TABLE t", table) == text);
  CHECK(CommentOn("COLUMN public.t.c", ObjectId::Member(kColumn, table, "c")) == text);
  CHECK(CommentOn("CONSTRAINT k ON t", ObjectId::Member(kCheck, table, "k")) == text);
  CHECK(CommentOn("INDEX i", ObjectId::Member(kIndex, table, "i")) == text);
  CHECK(CommentOn("SEQUENCE s", Public(kSequence, "s")) == text);
  CHECK(CommentOn("VIEW public.v", Public(kView, "v")) == text);
  CHECK(CommentOn("MATERIALIZED VIEW m", Public(kMaterializedView, "m")) == text);
  CHECK(CommentOn("POLICY p ON t", ObjectId::Member(kPolicy, table, "p")) == text);
  CHECK(CommentOn("TRIGGER g ON public.t", ObjectId::Member(kTrigger, table, "g")) == text);
  CHECK(CommentOn("FUNCTION f()", Public(kRoutine, "f")) == text);
}

TEST_CASE("an empty comment is none") {
  const ObjectId id = ObjectId::Member(ObjectKind::kComment, Public(ObjectKind::kView, "v"), "");
  const std::string sql = "CREATE VIEW v AS SELECT 1; COMMENT ON VIEW v IS 'a'; COMMENT ON VIEW v IS ";
  CHECK(Get(StateOf(sql + "'b'"), id).As<Comment>().text == "b");
  CHECK(!StateOf(sql + "''").schema.Contains(id));
  CHECK(!StateOf(sql + "NULL").schema.Contains(id));
}

TEST_CASE("comments that speak of nothing") {
  CHECK(ErrorsOf("COMMENT ON MATERIALIZED VIEW a.m IS 'x'") ==
        "test.sql:1:1: materialized view `a.m` does not exist\n");
  CHECK(ErrorsOf("COMMENT ON FUNCTION f(int, text) IS 'x'") ==
        "test.sql:1:1: function `f(int, text)` does not exist\n");
  CHECK(ErrorsOf("CREATE SEQUENCE s; COMMENT ON VIEW s IS 'x'") == "test.sql:1:20: view `s` does not exist\n");
  const DesiredState state = StateOf("COMMENT ON TABLESPACE t IS 'x'");
  REQUIRE(state.warnings.items().size() == 1);
  CHECK(state.warnings.items()[0].message == "comments on a tablespace are not managed; this one is passed over");
}

}  // namespace schemadiff
