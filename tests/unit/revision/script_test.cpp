#include "revision/script.h"

#include <fmt/format.h>

#include "revision/header.h"
#include "sample.h"

namespace schemadiff::test::revision_script {
namespace {

Result<Script> Read(const std::string& text) { return ReadScript(std::make_shared<SourceFile>("r.sql", text)); }

std::string ErrorOf(const std::string& text) {
  const Result<Script> read = Read(text);
  return read ? "none" : Told(read.error());
}

// `group mode verb kind name: statements`, a line for each step.
std::string Steps(const std::string& text) {
  const Result<Script> read = Read(text);
  if (!read) return Told(read.error());
  std::string out;
  for (const Step& step : read->steps) {
    out += fmt::format("{} {} {} {} {}:", step.group, step.transaction == TransactionMode::kNone ? "alone" : "in",
                       Name(step.verb), step.object_kind, step.object_name);
    for (const std::string& sql : step.sql) out += " [" + sql + "]";
    out += '\n';
  }
  return out;
}

TEST_CASE("revision script: transactions, steps and statements of one's own") {
  CHECK(Steps("SET search_path = app;\n"
              "BEGIN;\n"
              "-- step 1: create foreign key app.t.t_fk (expand)\nALTER TABLE t ADD x int; SELECT 1;\n"
              "-- step 2: drop table app.\"a (b)\" (contract)\nDROP TABLE app.\"a (b)\";\n"
              "COMMIT;\n"
              "UPDATE t SET x = 1;\n"
              "VACUUM t;\n"
              "START TRANSACTION; DELETE FROM t; END;\n") ==
        "1 in create foreign key app.t.t_fk: [ALTER TABLE t ADD x int] [SELECT 1]\n"
        "1 in drop table app.\"a (b)\": [DROP TABLE app.\"a (b)\"]\n"
        "2 alone run statement r.sql:8: [UPDATE t SET x = 1]\n"
        "3 alone run statement r.sql:9: [VACUUM t]\n"
        "4 in run statement r.sql:10: [DELETE FROM t]\n");
}

TEST_CASE("revision script: settings in front of everything else are the session's") {
  const Result<Script> read =
      Read("SET search_path = app;\nSET check_function_bodies = off;\nBEGIN;\nSET LOCAL x.y = 1;\nCOMMIT;\n");
  REQUIRE(read.has_value());
  CHECK(read->session == std::vector<std::string>{"SET search_path = app", "SET check_function_bodies = off"});
  REQUIRE(read->steps.size() == 1);
  CHECK(read->steps[0].sql == std::vector<std::string>{"SET LOCAL x.y = 1"});
}

TEST_CASE("revision script: bodies hold semicolons") {
  CHECK(Steps("CREATE FUNCTION f() RETURNS int LANGUAGE sql BEGIN ATOMIC SELECT 1; SELECT 2; END;\nSELECT ';';\n") ==
        "1 alone run statement r.sql:1: [CREATE FUNCTION f() RETURNS int LANGUAGE sql BEGIN ATOMIC SELECT 1; SELECT 2; "
        "END]\n2 alone run statement r.sql:2: [SELECT ';']\n");
}

TEST_CASE("revision script: a statement outside a transaction is a step, whatever comment stands before it") {
  CHECK(Steps("-- step 1: create index public.i (expand, no transaction)\nCREATE INDEX CONCURRENTLY i ON t (a);\n"
              "UPDATE t SET a = 1;\n") ==
        "1 alone create index public.i: [CREATE INDEX CONCURRENTLY i ON t (a)]\n"
        "2 alone run statement r.sql:3: [UPDATE t SET a = 1]\n");
}

TEST_CASE("revision script: what is wrong") {
  CHECK(ErrorOf("BEGIN READ ONLY;\nCOMMIT;\n").starts_with("65\nr.sql:1:1: a transaction of a revision has no modes"));
  CHECK(ErrorOf("BEGIN;\nSELECT 1;\n").starts_with("65\nr.sql:1:1: this transaction is not ended"));
  CHECK(ErrorOf("COMMIT;\n").starts_with("65\nr.sql:1:1: no transaction is open here"));
  CHECK(ErrorOf("BEGIN;\nBEGIN;\nCOMMIT;\n").starts_with("65\nr.sql:2:1: a transaction begins within another"));
  CHECK(ErrorOf("BEGIN;\nROLLBACK;\n").starts_with("65\nr.sql:2:1: `ROLLBACK` would leave it open"));
  CHECK(ErrorOf("SELECT 1;\n\\i other.sql\n").starts_with("65\nr.sql:2:1: commands of psql are no SQL"));
  CHECK(ErrorOf("COPY t FROM stdin;\n").starts_with("65\nr.sql:1:1: rows of COPY FROM stdin"));
  CHECK(ErrorOf("CREATE TABL t ();\n").starts_with("65\nr.sql:1:8: syntax error"));
}

TEST_CASE("revision script: what the comments say of a step is read back") {
  Plan plan;
  plan.search_path = "public, app";
  Step step{.object_kind = "materialized view",
            .object_name = "public.v",
            .owner_name = "public.v",
            .verb = Verb::kReplace,
            .phase = Phase::kContract,
            .transaction = TransactionMode::kNone,
            .group = 1,
            .sql = {"CREATE INDEX CONCURRENTLY \"I x\" ON ONLY app.t (a) -- why"}};
  step.locks = {{"public.\"a: b\"", LockMode::kShareUpdateExclusive}, {"public.t", LockMode::kAccessExclusive}};
  step.scans = {"public.t"};
  step.hazards = {{HazardKind::kMayFail, "rows: may differ", ""}, {HazardKind::kDataLoss, "gone", "nobody needs it"}};
  step.note = "a note";
  plan.steps = {step};
  const Revision revision = RevisionOf("1");
  const std::string text = ScriptText(revision, plan, false);
  CHECK(text.ends_with("\n" + EndLine("1") + "\n"));
  const Result<Script> read = Read(text);
  REQUIRE_MESSAGE(read.has_value(), read.error().items().front().ToString());
  CHECK(read->session == std::vector<std::string>{"SET check_function_bodies = off", "SET search_path = public, app"});
  REQUIRE(read->steps.size() == 1);
  const Step& back = read->steps[0];
  CHECK(back.object_kind == step.object_kind);
  CHECK(back.object_name == step.object_name);
  CHECK(back.verb == step.verb);
  CHECK(back.phase == step.phase);
  CHECK(back.transaction == TransactionMode::kNone);
  CHECK(back.locks == step.locks);
  CHECK(back.scans == step.scans);
  CHECK(back.hazards == step.hazards);
  CHECK(back.note == step.note);
  CHECK(back.cleanup == "DROP INDEX CONCURRENTLY IF EXISTS app.\"I x\"");
  CHECK(back.sql == std::vector<std::string>{"CREATE INDEX CONCURRENTLY \"I x\" ON ONLY app.t (a) -- why\n"});
}

}  // namespace
}  // namespace schemadiff::test::revision_script
