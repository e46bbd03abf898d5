#include "apply/ledger.h"

#include <doctest/doctest.h>

#include <algorithm>

#include "../postgres_scratch.h"
#include "apply/execute.h"
#include "apply/ledger_recorder.h"
#include "cli/ledger_setup.h"
#include "report/plan_sql.h"
#include "support/quote.h"

namespace schemadiff::test::apply_ledger {
namespace {

const LedgerWriter kWriter{.host = "it's here", .tool_version = "9.9"};

Step StepOf(std::string revision, int number, int group, std::string sql,
            TransactionMode mode = TransactionMode::kShared) {
  Step step{.object_kind = "table", .object_name = "public.t", .verb = Verb::kRun, .transaction = mode, .group = group};
  if (!sql.empty()) step.sql = {std::move(sql)};
  step.revision = std::move(revision);
  step.revision_step = number;
  return step;
}

Plan PlanOf(std::vector<Step> steps) {
  Plan plan{.search_path = "public"};
  plan.steps = std::move(steps);
  return plan;
}

RunningRevision Running(std::string id, int steps, bool is_begun = false) {
  return {.recorded = {id, "sum of " + id, "about " + id}, .steps = steps, .is_begun = is_begun};
}

bool Says(const std::vector<std::string>& statements, std::string_view words) {
  return std::ranges::any_of(statements, [&](const std::string& sql) { return sql.find(words) != std::string::npos; });
}

void MakeLedger(Connection& connection) {
  ApplyObserver nobody;
  Must(ExecutePlan(Must(PlanLedger(connection)), connection, {}, nobody));
}

TEST_CASE("the first step of a revision begins it, the last one ends it") {
  const Plan plan =
      PlanOf({StepOf("a", 1, 1, "SELECT 1"), StepOf("a", 2, 1, "SELECT 2"), StepOf("b", 3, 2, "SELECT 3")});
  const LedgerRecorder recorder(plan, {Running("a", 2), Running("b", 4, true)}, Direction::kUpgrade, kWriter);
  CHECK(Says(recorder.Before(0), "INSERT INTO schemadiff.revision"));
  CHECK(Says(recorder.Before(0), "'it''s here'"));
  CHECK(!Says(recorder.Before(1), "schemadiff.revision"));
  CHECK(!Says(recorder.Before(2), "schemadiff.revision"));
  CHECK(Says(recorder.After(0), "steps_done = 1"));
  CHECK(Says(recorder.After(1), "state = 'applied'"));
  CHECK(Says(recorder.After(2), "steps_done = 3"));
}

TEST_CASE("a way back ends with the row of the revision") {
  const Plan plan = PlanOf({StepOf("a", 1, 1, "SELECT 1"), StepOf("a", 2, 1, "SELECT 2")});
  const LedgerRecorder recorder(plan, {Running("a", 2)}, Direction::kDowngrade, kWriter);
  CHECK(Says(recorder.Before(0), "'reverting'"));
  CHECK(!Says(recorder.After(0), "DELETE"));
  CHECK(Says(recorder.After(1), "DELETE FROM schemadiff.revision WHERE id = 'a'"));
}

TEST_CASE("errors are recorded without secrets") {
  Step step = StepOf("a", 1, 1, "SELECT 1");
  const Plan plan = PlanOf({step});
  const LedgerRecorder recorder(plan, {Running("a", 1)}, Direction::kUpgrade, kWriter);
  const Diagnostic why{.message = "cannot reach host=x password='hunter2'", .sqlstate = "08001"};
  CHECK(Says(recorder.Failed(0, why, false), "'08001'"));
  CHECK(Says(recorder.Failed(0, why, false), "'failed'"));
  CHECK(!Says(recorder.Failed(0, why, false), "hunter2"));
  CHECK(Says(recorder.Failed(0, why, true), "'interrupted'"));
}

TEST_CASE("a script records in the transaction of a step, or in ones of their own around it") {
  Plan plan = PlanOf({StepOf("a", 1, 1, "SELECT 1"), StepOf("a", 2, 2, "VACUUM", TransactionMode::kNone)});
  plan.steps[0].session = plan.steps[1].session = {"SET work_mem = '1MB'"};
  const auto note = [](std::string_view what) {
    return [what](std::size_t step) { return std::vector<std::string>{fmt::format("{} {}", what, step)}; };
  };
  const std::string sql = PlanSql(plan, {.preamble = {"FIRST"}, .before = note("before"), .after = note("after")});
  CHECK(sql.find("BEGIN;\nFIRST;\nCOMMIT;\n") != std::string::npos);
  CHECK(sql.find("SET work_mem = '1MB';\n\nBEGIN;") != std::string::npos);
  CHECK(sql.find("before 0;\n-- step 1") != std::string::npos);
  CHECK(sql.find("SELECT 1;\nafter 0;\n\nCOMMIT;") != std::string::npos);
  CHECK(sql.find("BEGIN;\nbefore 1;\nCOMMIT;\n-- step 2") != std::string::npos);
  CHECK(sql.find("VACUUM;\nBEGIN;\nafter 1;\nCOMMIT;\n") != std::string::npos);
  CHECK(sql.find("RESET ALL") == std::string::npos);
}

TEST_CASE("what a revision sets is not for the next one") {
  Plan plan = PlanOf({StepOf("a", 1, 1, "SELECT 1"), StepOf("b", 1, 2, "SELECT 2")});
  plan.steps[0].session = {"SET work_mem = '1MB'"};
  CHECK(PlanSql(plan).find("RESET ROLE;\nRESET ALL;\nDISCARD TEMP;\nSET client_encoding") != std::string::npos);
}

TEST_CASE("no ledger is an empty one") {
  const ScratchDatabase db;
  Connection connection = db.Connect();
  const Ledger ledger = Must(ReadLedger(connection));
  CHECK(ledger.layout == 0);
  CHECK(ledger.revisions.empty());
  Must(connection.Execute("CREATE SCHEMA schemadiff"));
  CHECK(Must(ReadLedger(connection)).layout == 0);
  Must(connection.Execute("CREATE TABLE schemadiff.theirs ()"));
  const auto refused = ReadLedger(connection);
  REQUIRE(!refused);
  CHECK(refused.error().items().front().code == ErrorCode::kRefused);
}

TEST_CASE("the ledger is made, mended and then in order, by a plan") {
  const ScratchDatabase db;
  Connection connection = db.Connect();
  MakeLedger(connection);
  CHECK(Must(ReadLedger(connection)).layout == kLedgerLayout);
  CHECK(Must(PlanLedger(connection)).empty());
  Must(connection.Execute("ALTER TABLE schemadiff.step DROP COLUMN sqlstate; CREATE TABLE public.theirs (a integer)"));
  const Plan plan = Must(PlanLedger(connection));
  REQUIRE(!plan.empty());
  for (const Step& step : plan.steps) CHECK(step.object_name.starts_with("schemadiff.step.sqlstate"));
  MakeLedger(connection);
  CHECK(Must(PlanLedger(connection)).empty());
}

TEST_CASE("steps and their rows are committed together") {
  const ScratchDatabase db;
  Connection connection = db.Connect();
  MakeLedger(connection);
  const Plan plan = PlanOf({StepOf("a", 1, 1, "CREATE TABLE t (a integer)"),
                            StepOf("a", 2, 2, "CREATE INDEX CONCURRENTLY i ON t (a)", TransactionMode::kNone),
                            StepOf("a", 3, 3, "CREATE TABLE u ()"), StepOf("a", 4, 3, "SELECT 1/0")});
  const LedgerRecorder recorder(plan, {Running("a", 4)}, Direction::kUpgrade, kWriter);
  ApplyObserver nobody;
  CHECK(!ExecutePlan(plan, connection, {}, nobody, &recorder));
  Ledger ledger = Must(ReadLedger(connection));
  REQUIRE(ledger.revisions.size() == 1);
  CHECK(ledger.revisions[0].state == RevisionState::kApplying);
  CHECK(ledger.revisions[0].steps_done == 2);
  REQUIRE(ledger.revisions[0].last);
  CHECK(ledger.revisions[0].last->state == "failed");
  CHECK(ledger.revisions[0].last->number == 4);
  CHECK(db.Ask("SELECT string_agg(number || state, ' ' ORDER BY id) FROM schemadiff.step") == "1done 2done 4failed");
  Must(connection.Execute(Join(ledger_sql::Stamp({"a", "sum", "m"}, kWriter), ";\n")));
  ledger = Must(ReadLedger(connection));
  CHECK(ledger.revisions[0].state == RevisionState::kApplied);
  CHECK(ledger.revisions[0].checksum == "sum");
  CHECK(!ledger.revisions[0].last);
}

TEST_CASE("a step outside transactions that is tried again is recorded again") {
  const ScratchDatabase db;
  Connection connection = db.Connect();
  MakeLedger(connection);
  Must(
      connection.Execute("CREATE SEQUENCE s; CREATE FUNCTION f() RETURNS void LANGUAGE plpgsql AS $$BEGIN "
                         "IF nextval('s') < 3 THEN RAISE SQLSTATE '55P03'; END IF; END$$"));
  const Plan plan = PlanOf({StepOf("a", 1, 1, "SELECT f()", TransactionMode::kNone)});
  const LedgerRecorder recorder(plan, {Running("a", 1)}, Direction::kUpgrade, kWriter);
  ApplyObserver nobody;
  Must(ExecutePlan(plan, connection, {.retry_pause = std::chrono::milliseconds(1)}, nobody, &recorder));
  CHECK(db.Ask("SELECT string_agg(state, ' ' ORDER BY id) FROM schemadiff.step") == "failed failed done");
  CHECK(db.Ask("SELECT state FROM schemadiff.revision") == "applied");
}

}  // namespace
}  // namespace schemadiff::test::apply_ledger
