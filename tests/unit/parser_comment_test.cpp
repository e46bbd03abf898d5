#include "parser_support.h"

namespace schemadiff::test::parser_comment {
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

// Manual: COMMENT, in its order.
TEST_CASE("every word of COMMENT ON finds what it speaks of") {
  const std::string objects =
      "CREATE TABLE t (c int CONSTRAINT k CHECK (c > 0)); CREATE DOMAIN d AS int CONSTRAINT dk CHECK (VALUE > 0);"
      "CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS ''; CREATE PROCEDURE p() LANGUAGE sql AS '';"
      "CREATE FUNCTION g(int, int) RETURNS int LANGUAGE sql AS ''; CREATE AGGREGATE a (int) (SFUNC = g, STYPE = int);"
      "CREATE ACCESS METHOD am TYPE INDEX HANDLER f; CREATE CAST (int AS t) WITH FUNCTION f();"
      "CREATE COLLATION co (LOCALE = 'C'); CREATE CONVERSION cn FOR 'UTF8' TO 'LATIN1' FROM f; CREATE EXTENSION hstore;"
      "CREATE EVENT TRIGGER et ON ddl_command_end EXECUTE FUNCTION f(); CREATE FOREIGN DATA WRAPPER w;"
      "CREATE SERVER s FOREIGN DATA WRAPPER w; CREATE FOREIGN TABLE ft (c int) SERVER s; CREATE INDEX i ON t (c);"
      "CREATE LANGUAGE l HANDLER f; CREATE MATERIALIZED VIEW m AS SELECT 1;"
      "CREATE OPERATOR ## (LEFTARG = int, RIGHTARG = int, FUNCTION = g); CREATE OPERATOR FAMILY fa USING btree;"
      "CREATE OPERATOR CLASS oc FOR TYPE t USING btree AS OPERATOR 1 <; CREATE POLICY po ON t;"
      "CREATE PUBLICATION pub; CREATE RULE r AS ON INSERT TO t DO NOTHING; CREATE SCHEMA sc; CREATE SEQUENCE sq;"
      "CREATE STATISTICS st ON (c % 2) FROM t;"
      "CREATE SUBSCRIPTION su CONNECTION 'host=x' PUBLICATION y WITH (connect = false);"
      "CREATE TEXT SEARCH CONFIGURATION tc (PARSER = default); CREATE TEXT SEARCH DICTIONARY td (TEMPLATE = simple);"
      "CREATE TEXT SEARCH PARSER tp (START = prsd_start); CREATE TEXT SEARCH TEMPLATE tt (LEXIZE = dsimple_lexize);"
      "CREATE TRANSFORM FOR int LANGUAGE l (FROM SQL WITH FUNCTION g(int, int));"
      "CREATE TRIGGER tr BEFORE INSERT ON t EXECUTE FUNCTION f(); CREATE TYPE e AS ENUM ('x'); CREATE VIEW v AS SELECT "
      "1;";
  for (const char* words : {"ACCESS METHOD am",
                            "AGGREGATE a (int)",
                            "CAST (int AS t)",
                            "COLLATION co",
                            "COLUMN t.c",
                            "CONSTRAINT k ON t",
                            "CONSTRAINT dk ON DOMAIN d",
                            "CONVERSION cn",
                            "DOMAIN d",
                            "EXTENSION hstore",
                            "EVENT TRIGGER et",
                            "FOREIGN DATA WRAPPER w",
                            "FOREIGN TABLE ft",
                            "FUNCTION f()",
                            "INDEX i",
                            "MATERIALIZED VIEW m",
                            "OPERATOR ## (int, int)",
                            "OPERATOR CLASS oc USING btree",
                            "OPERATOR FAMILY fa USING btree",
                            "POLICY po ON t",
                            "PROCEDURAL LANGUAGE l",
                            "PROCEDURE p()",
                            "PUBLICATION pub",
                            "ROUTINE f()",
                            "RULE r ON t",
                            "SCHEMA sc",
                            "SEQUENCE sq",
                            "SERVER s",
                            "STATISTICS st",
                            "SUBSCRIPTION su",
                            "TABLE t",
                            "TEXT SEARCH CONFIGURATION tc",
                            "TEXT SEARCH DICTIONARY td",
                            "TEXT SEARCH PARSER tp",
                            "TEXT SEARCH TEMPLATE tt",
                            "TRANSFORM FOR int LANGUAGE l",
                            "TRIGGER tr ON t",
                            "TYPE e",
                            "VIEW v"}) {
    CAPTURE(words);
    const DesiredState state = StateOf("COMMENT ON " + std::string(words) + " IS 'text';" + objects);
    int comments = 0;
    for (const auto& [id, object] : state.schema) comments += id.kind() == ObjectKind::kComment ? 1 : 0;
    CHECK(comments == 1);
    CHECK(state.warnings.items().empty());
  }
}

TEST_CASE("comments on what is no part of a schema are passed over with a warning") {
  for (const auto& [words, kind] :
       {std::pair{"LARGE OBJECT 1", "large object"}, std::pair{"TABLESPACE s", "tablespace"}}) {
    const DesiredState state = StateOf("COMMENT ON " + std::string(words) + " IS 'text'");
    REQUIRE(state.warnings.items().size() == 1);
    CHECK(state.warnings.items()[0].message ==
          "comments on a " + std::string(kind) + " are not managed; this one is passed over");
  }
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

}  // namespace schemadiff::test::parser_comment
