#include "canonical/tree_forms.h"

#include "canonical/as_read.h"
#include "parser_support.h"

namespace schemadiff::test::canonical_tree_forms {
namespace {

constexpr int kVersion = 170000;

/// Whether two spellings of a check of t (n integer, v varchar, s text) are taken for the same, in both directions.
bool SameCheck(const std::string& one, const std::string& other) {
  const auto judge = [](const std::string& a, const std::string& b) {
    const auto state = [](const std::string& check) {
      return StateOf("CREATE TABLE t (n integer, v varchar(20), s text, CONSTRAINT c CHECK (" + check + "));");
    };
    DesiredState live = state(a);
    DesiredState desired = state(b);
    MakeAsRead(live.schema, kVersion);
    return AdoptTreeForms(live.schema, desired.schema).different.empty();
  };
  const bool same = judge(one, other);
  CHECK(same == judge(other, one));
  return same;
}

TreeVerdicts JudgeViews(const std::string& tables, const std::string& before, const std::string& after) {
  DesiredState live = StateOf(tables + "CREATE VIEW w AS " + before + ";");
  DesiredState desired = StateOf(tables + "CREATE VIEW w AS " + after + ";");
  MakeAsRead(live.schema, kVersion);
  return AdoptTreeForms(live.schema, desired.schema);
}

TEST_CASE("what PostgreSQL adds to an expression is no difference, whichever side has it") {
  CHECK(SameCheck("s = 'a'", "(s = 'a'::text)"));
  CHECK(SameCheck("v = 'a'", "((v)::text = 'a'::text)"));
  CHECK(SameCheck("v IN ('a', 'b')",
                  "((v)::text = ANY ((ARRAY['a'::character varying, 'b'::character varying])::text[]))"));
  CHECK(SameCheck("n NOT IN (1, 2)", "(n <> ALL (ARRAY[1, 2]))"));
  CHECK(SameCheck("n BETWEEN 1 AND 5", "((n >= 1) AND (n <= 5))"));
  CHECK(SameCheck("s LIKE 'a%' OR length(v) > 2", "((s ~~ 'a%'::text) OR (length((v)::text) > 2))"));
  CHECK(SameCheck("t.n > 0", "n > 0"));
}

TEST_CASE("what means something else is a difference") {
  CHECK_FALSE(SameCheck("n > 0", "n >= 0"));
  CHECK_FALSE(SameCheck("n > 0", "n > 1"));
  CHECK_FALSE(SameCheck("s IN ('a', 'b')", "s = ANY (ARRAY['a', 'c'])"));
  CHECK_FALSE(SameCheck("s = 'a'", "s = 'a'::varchar(1)::text || ''"));
  CHECK_FALSE(SameCheck("n::text = '1'", "n = '1'"));
  CHECK_FALSE(SameCheck("n BETWEEN 1 AND 5", "((n > 1) AND (n <= 5))"));
}

TEST_CASE("queries are the same with names that they have anyway, and without") {
  const std::string tables = "CREATE TABLE t (id integer, name text); CREATE TABLE u (t_id integer, note text);\n";
  const auto same = [&](const std::string& before, const std::string& after) {
    return JudgeViews(tables, before, after).different.empty();
  };
  CHECK(same("SELECT id, name FROM t", "SELECT t.id, t.name FROM t"));
  CHECK(same("SELECT count(*) FROM t", "SELECT count(*) AS count FROM t"));
  CHECK(same("SELECT name, note FROM t JOIN u ON id = t_id",
             "SELECT t.name, u.note FROM (t JOIN u ON ((t.id = u.t_id)))"));
  CHECK_FALSE(same("SELECT id FROM t", "SELECT id AS other FROM t"));
  CHECK_FALSE(same("SELECT a.id FROM t a, t b", "SELECT b.id FROM t a, t b"));
}

TEST_CASE("a view that selects everything is another one when its table changes") {
  DesiredState live = StateOf("CREATE TABLE t (a integer); CREATE VIEW w AS SELECT * FROM t;");
  DesiredState desired = StateOf("CREATE TABLE t (a integer, b text); CREATE VIEW w AS SELECT * FROM t;");
  MakeAsRead(live.schema, kVersion);
  AdoptTreeForms(live.schema, desired.schema);
  const View& before = live.schema.Find(Public(ObjectKind::kView, "w"))->As<View>();
  const View& after = desired.schema.Find(Public(ObjectKind::kView, "w"))->As<View>();
  CHECK_FALSE(before.query == after.query);
  CHECK(before.output.size() == 1);
  CHECK(after.output.size() == 2);
  CHECK(after.query.Text().find("-- *") == std::string::npos);
}

TEST_CASE("a schema as it is read has what tables have from their parents, marked") {
  DesiredState state = StateOf(
      "CREATE TABLE p (k integer PRIMARY KEY, v text DEFAULT 'x' CHECK (v <> '')) PARTITION BY RANGE (k);\n"
      "CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (0) TO (10);\n"
      "CREATE INDEX p_v ON p (v);\n");
  MakeAsRead(state.schema, kVersion);
  const ObjectId p1 = Public(ObjectKind::kTable, "p1");
  const auto inherited = [&](ObjectKind kind, std::string_view name) {
    return Get(state, ObjectId::Member(kind, p1, name)).inherited;
  };
  CHECK(inherited(ObjectKind::kColumn, "k"));
  CHECK(inherited(ObjectKind::kCheck, "p_v_check"));
  CHECK(inherited(ObjectKind::kKey, "p1_pkey"));
  CHECK(inherited(ObjectKind::kIndex, "p1_v_idx"));
  const ObjectId column = ObjectId::Member(ObjectKind::kColumn, p1, "v");
  CHECK_FALSE(Get(state, ObjectId::Member(ObjectKind::kColumnDefault, column, "")).inherited);
  const ObjectId whole = ObjectId::Member(ObjectKind::kIndex, Public(ObjectKind::kTable, "p"), "p_v");
  CHECK(HasEdge(Get(state, ObjectId::Member(ObjectKind::kIndex, p1, "p1_v_idx")), whole, EdgeKind::kOwnedBy));
  CHECK_FALSE(Get(state, p1).source);
}

}  // namespace
}  // namespace schemadiff::test::canonical_tree_forms
