#include <doctest/doctest.h>

#include <algorithm>
#include <functional>
#include <mutex>
#include <thread>

#include "apply/apply_lock.h"
#include "apply/execute.h"
#include "postgres_scratch.h"

namespace schemadiff::test::apply_execute {
namespace {

using std::chrono::milliseconds;

Step MakeStep(int group, std::vector<std::string> sql, TransactionMode mode = TransactionMode::kShared) {
  return {
      .object_kind = "table", .object_name = "public.t", .transaction = mode, .group = group, .sql = std::move(sql)};
}

Plan MakePlan(std::vector<Step> steps) {
  Plan plan;
  plan.search_path = "public";
  plan.steps = std::move(steps);
  return plan;
}

struct Recorder : ApplyObserver {
  void StepStarted(std::size_t number, const Step&) override { Add(fmt::format("start {}", number)); }
  void StepFinished(std::size_t number, const Step&, double) override { Add(fmt::format("finish {}", number)); }
  void WaitingForLock(std::size_t number, const Step&, const std::vector<LockHolder>& seen) override {
    Add(fmt::format("wait {}", number));
    const std::lock_guard lock(mutex);
    holders = seen;
  }
  void Retrying(std::size_t number, const Step&, int attempt, double, const Diagnostic& why) override {
    Add(fmt::format("retry {} {} {}", number, attempt, why.sqlstate));
    if (on_retry) on_retry(attempt);
  }
  void Add(std::string what) {
    const std::lock_guard lock(mutex);
    events.push_back(std::move(what));
  }
  std::mutex mutex;
  std::vector<std::string> events;
  std::vector<LockHolder> holders;
  std::function<void(int)> on_retry;
};

const ApplyOptions kQuick{.lock_timeout = milliseconds(100),
                          .lock_retries = 3,
                          .retry_pause = milliseconds(10),
                          .apply_patience = milliseconds(300)};

TEST_CASE("groups run in order, each in a transaction; steps outside one too") {
  const ScratchDatabase db;
  Connection connection = db.Connect();
  Recorder recorder;
  const auto report =
      ExecutePlan(MakePlan({MakeStep(1, {"CREATE TABLE t (a int)", "INSERT INTO t VALUES (txid_current())"}),
                            MakeStep(1, {"INSERT INTO t VALUES (txid_current())"}),
                            MakeStep(2, {"INSERT INTO t VALUES (txid_current())"}, TransactionMode::kOwn),
                            MakeStep(3, {"CREATE INDEX CONCURRENTLY i ON t (a)"}, TransactionMode::kNone)}),
                  connection, kQuick, recorder);
  REQUIRE(report);
  CHECK(report->steps == 4);
  CHECK(report->retries == 0);
  CHECK(report->seconds > 0);
  CHECK(db.Ask("SELECT count(DISTINCT a) || ' ' || count(*) FROM t") == "2 3");
  CHECK(db.Ask("SELECT indisvalid FROM pg_index WHERE indexrelid = 'i'::regclass") == "t");
  CHECK(recorder.events == std::vector<std::string>{"start 0", "finish 0", "start 1", "finish 1", "start 2", "finish 2",
                                                    "start 3", "finish 3"});
}

TEST_CASE("the session is set up: search_path, timeouts, function bodies") {
  const ScratchDatabase db;
  Connection connection = db.Connect();
  REQUIRE(connection.Execute("SET statement_timeout = 10; SET lock_timeout = 10; CREATE SCHEMA s"));
  Recorder recorder;
  Plan plan = MakePlan({MakeStep(1, {"CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT a FROM later'",
                                     "CREATE TABLE public.seen AS SELECT current_setting('lock_timeout') AS l, "
                                     "current_setting('statement_timeout') AS s FROM pg_sleep(0.05)"}),
                        MakeStep(2, {"CREATE TABLE public.alone AS SELECT current_setting('lock_timeout') AS l"},
                                 TransactionMode::kNone)});
  plan.search_path = "s, public";
  REQUIRE(ExecutePlan(plan, connection, kQuick, recorder));
  CHECK(db.Ask("SELECT l || ' ' || s FROM seen") == "100ms 0");
  CHECK(db.Ask("SELECT l FROM alone") == "0");
  CHECK(db.Ask("SELECT 's.f'::regproc") == "s.f");
}

TEST_CASE("a lock that is held for a while is retried, and its holder named") {
  const ScratchDatabase db;
  REQUIRE(db.Ask("CREATE TABLE t (a int); SELECT 1") == "1");
  Connection holder = db.Connect();
  REQUIRE(holder.Execute("BEGIN; SELECT * FROM t"));
  Connection connection = db.Connect();
  Recorder recorder;
  recorder.on_retry = [&](int attempt) {
    if (attempt == 3) CHECK(holder.Execute("COMMIT"));
  };
  ApplyOptions options = kQuick;
  options.lock_timeout = milliseconds(1000);
  options.watch_conninfo = db.conninfo();
  const auto report =
      ExecutePlan(MakePlan({MakeStep(1, {"CREATE TABLE u (a int)"}), MakeStep(1, {"ALTER TABLE t ADD COLUMN b int"})}),
                  connection, options, recorder);
  REQUIRE(report);
  CHECK(report->retries == 2);
  CHECK(report->steps == 2);
  CHECK(db.Ask("SELECT count(*) FROM pg_attribute WHERE attrelid = 't'::regclass AND attname = 'b'") == "1");
  CHECK(std::ranges::count(recorder.events, "retry 1 2 55P03") == 1);
  CHECK(std::ranges::count(recorder.events, "retry 1 3 55P03") == 1);
  CHECK(std::ranges::count(recorder.events, "start 0") == 3);
  CHECK(std::ranges::count(recorder.events, "wait 1") >= 1);
  const Rows pid = Must(holder.Query("SELECT pg_backend_pid()"));
  REQUIRE(recorder.holders.size() == 1);
  CHECK(recorder.holders[0].pid == pid.Int(0, 0));
  CHECK(recorder.holders[0].state == "idle in transaction");
  CHECK(recorder.holders[0].application == "schemadiff");
}

TEST_CASE("a lock that stays held ends with `try again`, what was done, and the holder") {
  const ScratchDatabase db;
  REQUIRE(db.Ask("CREATE TABLE t (a int); SELECT 1") == "1");
  Connection holder = db.Connect();
  REQUIRE(holder.Execute("BEGIN; LOCK TABLE t"));
  const Rows pid = Must(holder.Query("SELECT pg_backend_pid()"));
  Connection connection = db.Connect();
  Recorder recorder;
  ApplyOptions options = kQuick;
  options.lock_timeout = milliseconds(700);
  options.lock_retries = 1;
  options.watch_conninfo = db.conninfo();
  const auto report =
      ExecutePlan(MakePlan({MakeStep(1, {"CREATE TABLE u (a int)"}), MakeStep(2, {"ALTER TABLE t ADD COLUMN b int"})}),
                  connection, options, recorder);
  REQUIRE_FALSE(report);
  const Diagnostic& error = report.error().items().front();
  CHECK(report.error().ExitCode() == 75);
  CHECK_MESSAGE(
      error.message.starts_with("step 2 of 2 (alter table public.t): `ALTER TABLE t ADD COLUMN b int` failed: "
                                "canceling statement due to lock timeout (SQLSTATE 55P03), 2 attempts; the lock "
                                "is held by pid " +
                                std::to_string(pid.Int(0, 0)) + " (schemadiff, user postgres"),
      error.message);
  CHECK_MESSAGE(error.message.ends_with("; 1 of 2 steps are done and committed, 1 are not"), error.message);
  CHECK(error.hint.find("run `schemadiff apply` again") != std::string::npos);
  CHECK(db.Ask("SELECT to_regclass('u') IS NOT NULL") == "t");
}

TEST_CASE("a failure in the middle of a group rolls the group back and keeps what was committed before") {
  const ScratchDatabase db;
  Connection connection = db.Connect();
  Recorder recorder;
  const auto report =
      ExecutePlan(MakePlan({MakeStep(1, {"CREATE TABLE a (x int)"}), MakeStep(2, {"CREATE TABLE b (x int)"}),
                            MakeStep(2, {"CREATE TABLE c (x nosuchtype)"}), MakeStep(2, {"CREATE TABLE d (x int)"}),
                            MakeStep(3, {"DROP TABLE a"})}),
                  connection, kQuick, recorder);
  REQUIRE_FALSE(report);
  const Diagnostic& error = report.error().items().front();
  CHECK(report.error().ExitCode() == 1);
  CHECK(error.sqlstate == "42704");
  CHECK(
      error.message ==
      "step 3 of 5 (alter table public.t): `CREATE TABLE c (x nosuchtype)` failed: type \"nosuchtype\" does not exist "
      "(SQLSTATE 42704); 1 of 5 steps are done and committed, 4 are not; steps 2 to 4 share a transaction, which was "
      "rolled back");
  CHECK(error.hint ==
        "LINE 1: CREATE TABLE c (x nosuchtype)\n                            ^\n  set the cause right and run "
        "`schemadiff apply` again: it goes on from what is there");
  CHECK(db.Ask("SELECT string_agg(relname, ',') FROM pg_class WHERE relname IN ('a','b','c','d') AND relkind = 'r'") ==
        "a");
  // The session is usable, and the next apply is not locked out.
  CHECK(ExecutePlan(MakePlan({MakeStep(1, {"DROP TABLE a"})}), connection, kQuick, recorder));
}

TEST_CASE("a constraint that is deferred fails the step at COMMIT") {
  const ScratchDatabase db;
  Connection connection = db.Connect();
  Recorder recorder;
  const auto report =
      ExecutePlan(MakePlan({MakeStep(1, {"CREATE TABLE p (a int PRIMARY KEY)",
                                         "CREATE TABLE c (a int REFERENCES p DEFERRABLE INITIALLY DEFERRED)",
                                         "INSERT INTO c VALUES (1)"})}),
                  connection, kQuick, recorder);
  REQUIRE_FALSE(report);
  CHECK(report.error().items().front().message.find("`COMMIT` failed") != std::string::npos);
  CHECK(report.error().items().front().message.find("0 of 1 steps are done") != std::string::npos);
  CHECK(db.Ask("SELECT to_regclass('p') IS NULL") == "t");
}

TEST_CASE("a step outside transactions that fails half way is cleaned") {
  const ScratchDatabase db;
  REQUIRE(db.Ask("CREATE TABLE t (a int); INSERT INTO t VALUES (1), (1); SELECT 1") == "1");
  Connection connection = db.Connect();
  Recorder recorder;
  Step step = MakeStep(1, {"CREATE UNIQUE INDEX CONCURRENTLY i ON t (a)"}, TransactionMode::kNone);
  SUBCASE("with its cleanup") {
    step.cleanup = "DROP INDEX CONCURRENTLY IF EXISTS i";
    const auto report = ExecutePlan(MakePlan({step}), connection, kQuick, recorder);
    REQUIRE_FALSE(report);
    CHECK(report.error().ExitCode() == 1);
    CHECK(report.error().items().front().message.find("Key (a)=(1) is duplicated (SQLSTATE 23505)") !=
          std::string::npos);
    CHECK(report.error().items().front().message.ends_with("; what the step left behind was removed"));
    CHECK(db.Ask("SELECT to_regclass('i') IS NULL") == "t");
  }
  SUBCASE("a cleanup that fails is told") {
    step.cleanup = "DROP INDEX CONCURRENTLY nosuch";
    const auto report = ExecutePlan(MakePlan({step}), connection, kQuick, recorder);
    REQUIRE_FALSE(report);
    CHECK(
        report.error().items().front().message.ends_with("could not be removed, run `DROP INDEX CONCURRENTLY nosuch`"));
  }
}

TEST_CASE("a step outside transactions is cleaned and retried after a deadlock") {
  const ScratchDatabase db;
  REQUIRE(db.Ask("CREATE TABLE t (a int); CREATE TABLE done (a int); SELECT 1") == "1");
  // Raises deadlock_detected after a first, committed statement, once for each attempt but the last.
  Step step = MakeStep(1,
                       {"CREATE TABLE half (a int)",
                        "DO $$ BEGIN IF (SELECT count(*) FROM done) < 2 THEN RAISE SQLSTATE '40P01'; END IF; END $$"},
                       TransactionMode::kNone);
  step.cleanup = "WITH x AS (INSERT INTO done VALUES (1)) SELECT 1; DROP TABLE half";
  Connection connection = db.Connect();
  Recorder recorder;
  const auto report = ExecutePlan(MakePlan({step}), connection, kQuick, recorder);
  REQUIRE(report);
  CHECK(report->retries == 2);
  CHECK(db.Ask("SELECT count(*) FROM done") == "2");
  CHECK(db.Ask("SELECT to_regclass('half') IS NOT NULL") == "t");
}

TEST_CASE("CREATE INDEX CONCURRENTLY outlasts the lock timeout while it waits for an old transaction") {
  const ScratchDatabase db;
  REQUIRE(db.Ask("CREATE TABLE t (a int); SELECT 1") == "1");
  Connection holder = db.Connect();
  REQUIRE(holder.Execute("BEGIN; INSERT INTO t VALUES (1)"));
  std::jthread release([&] {
    std::this_thread::sleep_for(milliseconds(600));
    (void)holder.Execute("COMMIT");
  });
  Connection connection = db.Connect();
  Recorder recorder;
  const auto report =
      ExecutePlan(MakePlan({MakeStep(1, {"CREATE INDEX CONCURRENTLY i ON t (a)"}, TransactionMode::kNone)}), connection,
                  kQuick, recorder);
  REQUIRE(report);
  CHECK(report->retries == 0);
  CHECK(db.Ask("SELECT indisvalid FROM pg_index WHERE indexrelid = 'i'::regclass") == "t");
}

TEST_CASE("two applies do not run at once") {
  const ScratchDatabase db;
  Connection first = db.Connect();
  Connection second = db.Connect();
  Recorder recorder;
  const Plan plan = MakePlan({MakeStep(1, {"CREATE TABLE t (a int)"})});
  {
    const auto lock = ApplyLock::Take(first, milliseconds(0));
    REQUIRE(lock);
    const Rows pid = Must(first.Query("SELECT pg_backend_pid()"));
    const auto report = ExecutePlan(plan, second, kQuick, recorder);
    REQUIRE_FALSE(report);
    CHECK(report.error().ExitCode() == 75);
    CHECK(report.error().items().front().message.find(fmt::format("(pid {}, user postgres)", pid.Text(0, 0))) !=
          std::string::npos);
    CHECK(recorder.events.empty());
  }
  CHECK(ExecutePlan(plan, second, kQuick, recorder));
}

TEST_CASE("a connection that is lost says what is committed") {
  const ScratchDatabase db;
  Connection connection = db.Connect();
  Recorder recorder;
  const auto report = ExecutePlan(MakePlan({MakeStep(1, {"CREATE TABLE a (x int)"}),
                                            MakeStep(2, {"SELECT pg_terminate_backend(pg_backend_pid())"})}),
                                  connection, kQuick, recorder);
  REQUIRE_FALSE(report);
  CHECK(report.error().ExitCode() == 69);
  CHECK(report.error().items().front().message.find("1 of 2 steps are done and committed, 1 are not") !=
        std::string::npos);
}

}  // namespace
}  // namespace schemadiff::test::apply_execute
