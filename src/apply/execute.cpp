#include "apply/execute.h"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <random>
#include <span>
#include <thread>

#include "apply/apply_lock.h"
#include "support/check.h"
#include "support/quote.h"

namespace schemadiff {
namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

double Seconds(Clock::duration duration) { return std::chrono::duration<double>(duration).count(); }

/// A failed attempt at a group.
struct Failure {
  std::size_t step = 0;
  Diagnostic error;
  bool in_doubt = false;    ///< The connection went while COMMIT ran.
  bool cleaned = false;     ///< What the step left behind was removed.
  std::string left_behind;  ///< The cleanup statement that failed too.
};
using Attempt = std::expected<void, Failure>;

/// lock_not_available, deadlock_detected, serialization_failure: the same statements may succeed a moment later.
bool Retryable(const Diagnostic& error) {
  return error.sqlstate == "55P03" || error.sqlstate == "40P01" || error.sqlstate == "40001";
}

const Diagnostic& First(const Diagnostics& diagnostics) { return diagnostics.items().front(); }

class Executor {
 public:
  Executor(const Plan& plan, Connection& connection, const ApplyOptions& options, ApplyObserver& observer,
           const StepRecorder* recorder)
      : plan_(plan), connection_(connection), options_(options), observer_(observer), recorder_(recorder) {}

  Result<ApplyReport> Run();

 private:
  Result<void> PrepareSession();
  Result<void> PrepareSessionFor(std::size_t number);
  Result<void> StartWatch();
  Result<void> RunGroup(std::size_t begin, std::size_t end);
  Attempt TryTransaction(std::size_t begin, std::size_t end);
  Attempt TryAlone(std::size_t number);
  void ClearAway(const std::string& cleanup, Failure& failure);
  Result<void> RunStep(std::size_t number);
  Result<void> Record(const std::vector<std::string>& statements);
  void RecordFailure(const Failure& failure);
  Result<void> Statement(std::string_view sql);
  Result<void> SecretStatement(const Step& step, std::size_t index, std::string_view sql);
  milliseconds Pause(int attempt);
  Diagnostic Explain(const Failure& failure, std::size_t begin, std::size_t end, int attempts) const;
  std::string Reason(const Failure& failure, int attempts) const;

  const Plan& plan_;
  Connection& connection_;
  const ApplyOptions& options_;
  ApplyObserver& observer_;
  const StepRecorder* recorder_;
  ApplyReport report_;
  std::mt19937 random_{std::random_device()()};
  std::atomic<std::size_t> current_ = 0;  ///< The step that runs; read by the watch's thread.
  std::optional<LockWatch> watch_;
};

Result<void> Executor::PrepareSession() {
  // Function bodies may use what a later step creates. Timeouts of the role or the database would cut long steps off;
  // lock_timeout is set in each transaction, but not for what runs outside one: it would cancel CREATE INDEX
  // CONCURRENTLY while it waits for old snapshots, and leave an INVALID index.
  std::string sql = fmt::format(
      "SET search_path = {}; SET check_function_bodies = off; SET statement_timeout = 0; SET lock_timeout = 0; "
      "SET idle_in_transaction_session_timeout = 0; SET client_min_messages = warning; "
      "SET standard_conforming_strings = on",
      plan_.search_path.empty() ? "''" : plan_.search_path);
  if (connection_.server_version() >= 170000) sql += "; SET transaction_timeout = 0";
  return connection_.Execute(sql);
}

// What one revision sets and makes for its session is not for the next one. RESET ALL leaves the role and the session
// user as they are.
Result<void> Executor::PrepareSessionFor(std::size_t number) {
  const Step& step = plan_.steps[number];
  if (number > 0) {
    const Step& before = plan_.steps[number - 1];
    if (step.session == before.session && step.revision == before.revision) return {};
    if (auto reset = connection_.Execute("RESET SESSION AUTHORIZATION; RESET ROLE; RESET ALL; DISCARD TEMP"); !reset)
      return reset;
    if (auto prepared = PrepareSession(); !prepared) return prepared;
  }
  for (const std::string& sql : step.session) {
    if (auto set = connection_.Execute(sql); !set) return set;
  }
  return {};
}

// Several statements in one message are one transaction, unless they stand in one already.
Result<void> Executor::Record(const std::vector<std::string>& statements) {
  return statements.empty() ? Result<void>() : connection_.Execute(Join(statements, ";\n"));
}

void Executor::RecordFailure(const Failure& failure) {
  if (recorder_ == nullptr) return;
  (void)Record(recorder_->Failed(failure.step, failure.error, !failure.left_behind.empty()));
}

Result<void> Executor::StartWatch() {
  if (!options_.watch_conninfo) return {};
  const auto rows = connection_.Query("SELECT pg_backend_pid()");
  if (!rows) return std::unexpected(rows.error());
  watch_.emplace(*options_.watch_conninfo, static_cast<int>(rows->Int(0, 0)), [this](const auto& holders) {
    const std::size_t number = current_;
    observer_.WaitingForLock(number, plan_.steps[number], holders);
  });
  return {};
}

Result<void> Executor::Statement(std::string_view sql) {
  if (watch_) watch_->Begin();
  auto done = connection_.Execute(sql);
  if (watch_) watch_->End();
  return done;
}

Result<void> Executor::SecretStatement(const Step& step, std::size_t index, std::string_view sql) {
  if (watch_) watch_->Begin();
  const auto done = connection_.ExecuteSecret(sql, step.sql[index]);
  if (watch_) watch_->End();
  if (done) return done;
  Diagnostics masked;
  for (Diagnostic error : done.error().items()) {
    error.message = step.secrets.Mask(error.message);
    error.hint = step.secrets.Mask(error.hint);
    masked.Add(std::move(error));
  }
  return std::unexpected(masked);
}

Result<void> Executor::RunStep(std::size_t number) {
  const Step& step = plan_.steps[number];
  current_ = number;
  if (recorder_ != nullptr) {
    if (auto recorded = Record(recorder_->Before(number)); !recorded) return recorded;
  }
  observer_.StepStarted(number, step);
  const auto begin = Clock::now();
  if (step.masked > 0 && step.secrets.empty()) {
    return Error(ErrorCode::kRefused, "the plan was saved without the secrets of this step",
                 "plan and apply in one go");
  }
  const std::vector<std::string> statements = step.secrets.Reveal(step.sql);
  for (std::size_t i = 0; i < statements.size(); ++i) {
    const auto done = statements[i] == step.sql[i] ? Statement(statements[i]) : SecretStatement(step, i, statements[i]);
    if (!done) return done;
  }
  if (recorder_ != nullptr) {
    if (auto recorded = Record(recorder_->After(number)); !recorded) return recorded;
  }
  observer_.StepFinished(number, step, Seconds(Clock::now() - begin));
  return {};
}

Attempt Executor::TryTransaction(std::size_t begin, std::size_t end) {
  const auto started =
      connection_.Execute(fmt::format("BEGIN; SET LOCAL lock_timeout = {}", options_.lock_timeout.count()));
  if (!started) return std::unexpected(Failure{begin, First(started.error())});
  for (std::size_t number = begin; number < end; ++number) {
    if (const auto done = RunStep(number); !done) {
      (void)connection_.Execute("ROLLBACK");
      return std::unexpected(Failure{number, First(done.error())});
    }
  }
  // Deferred constraints and triggers speak here. A COMMIT that fails has rolled back.
  const auto committed = Statement("COMMIT");
  if (committed) return {};
  const Diagnostic& error = First(committed.error());
  const bool in_doubt = error.code == ErrorCode::kUnavailable && error.sqlstate != "42501";
  return std::unexpected(Failure{.step = end - 1, .error = error, .in_doubt = in_doubt});
}

Attempt Executor::TryAlone(std::size_t number) {
  const auto done = RunStep(number);
  if (done) return {};
  Failure failure{number, First(done.error())};
  ClearAway(plan_.steps[number].cleanup, failure);
  RecordFailure(failure);
  return std::unexpected(std::move(failure));
}

// CREATE INDEX CONCURRENTLY that fails leaves an INVALID index (manual: CREATE INDEX, "Building Indexes Concurrently").
// A valid one of the name was there before, and is why it failed.
void Executor::ClearAway(const std::string& cleanup, Failure& failure) {
  constexpr std::string_view kDrop = "DROP INDEX CONCURRENTLY IF EXISTS ";
  if (cleanup.empty()) return;
  if (cleanup.starts_with(kDrop)) {
    const auto invalid = connection_.Query(
        fmt::format("SELECT FROM pg_catalog.pg_index WHERE indexrelid = pg_catalog.to_regclass({}) AND NOT indisvalid",
                    QuoteLiteral(cleanup.substr(kDrop.size()))));
    if (invalid && invalid->size() == 0) return;
  }
  failure.cleaned = connection_.Execute(cleanup).has_value();
  if (!failure.cleaned) failure.left_behind = cleanup;
}

milliseconds Executor::Pause(int attempt) {
  const milliseconds mean = options_.retry_pause * (1 << std::min(attempt - 1, 4));
  std::uniform_real_distribution<double> jitter(0.5, 1.5);
  return std::chrono::duration_cast<milliseconds>(mean * jitter(random_));
}

Result<void> Executor::RunGroup(std::size_t begin, std::size_t end) {
  const bool alone = plan_.steps[begin].transaction == TransactionMode::kNone;
  if (Result<void> ready = PrepareSessionFor(begin); !ready) {
    return std::unexpected<Diagnostics>(Explain({begin, First(ready.error())}, begin, end, 1));
  }
  Ensure(!alone || end == begin + 1, "a step outside transactions has a group of its own");
  for (int attempt = 1;; ++attempt) {
    const Attempt done = alone ? TryAlone(begin) : TryTransaction(begin, end);
    if (done) {
      report_.steps += end - begin;
      return {};
    }
    const Failure& failure = done.error();
    if (!Retryable(failure.error) || attempt > options_.lock_retries || !failure.left_behind.empty()) {
      if (!alone && !failure.in_doubt) RecordFailure(failure);
      return std::unexpected<Diagnostics>(Explain(failure, begin, end, attempt));
    }
    const milliseconds pause = Pause(attempt);
    ++report_.retries;
    observer_.Retrying(failure.step, plan_.steps[failure.step], attempt + 1, Seconds(pause), failure.error);
    std::this_thread::sleep_for(pause);
  }
}

std::string Executor::Reason(const Failure& failure, int attempts) const {
  std::string reason = failure.error.message;
  if (attempts > 1) reason += fmt::format(", {} attempts", attempts);
  std::vector<std::string> holders;
  if (watch_ && Retryable(failure.error)) {
    for (const LockHolder& holder : watch_->Last()) holders.push_back(holder.ToString());
  }
  if (!holders.empty()) reason += fmt::format("; the lock is held by {}", Join(holders, ", "));
  return reason;
}

Diagnostic Executor::Explain(const Failure& failure, std::size_t begin, std::size_t end, int attempts) const {
  const Step& step = plan_.steps[failure.step];
  const std::size_t total = plan_.steps.size();
  Diagnostic out = failure.error;
  if (Retryable(failure.error)) out.code = ErrorCode::kTryAgain;
  const std::string from = step.source.empty() ? std::string() : ", " + step.source;
  out.message = fmt::format("step {} of {} ({} {} {}{}): {}; {} of {} steps are done and committed, {} are not",
                            failure.step + 1, total, Name(step.verb), step.object_kind, step.object_name, from,
                            Reason(failure, attempts), report_.steps, total, total - report_.steps);
  if (failure.in_doubt) {
    out.message += fmt::format("; whether steps {} to {} were committed is not known", begin + 1, end);
  } else if (step.transaction != TransactionMode::kNone && end > begin + 1) {
    out.message += fmt::format("; steps {} to {} share a transaction, which was rolled back", begin + 1, end);
  } else if (failure.cleaned) {
    out.message += "; what the step left behind was removed";
  } else if (!failure.left_behind.empty()) {
    out.message += fmt::format("; what the step left behind could not be removed, run `{}`", failure.left_behind);
  }
  if (out.code == ErrorCode::kTryAgain) {
    out.hint =
        fmt::format("nothing is lost; run `{}` again, or with a longer lock_timeout: it goes on from what is there",
                    options_.command);
    return out;
  }
  if (!out.hint.empty()) out.hint += "\n  ";
  out.hint += fmt::format("set the cause right and run `{}` again: it goes on from what is there", options_.command);
  return out;
}

Result<ApplyReport> Executor::Run() {
  const auto started = Clock::now();
  if (auto ready = PrepareSession(); !ready) return std::unexpected(ready.error());
  const auto lock = ApplyLock::Take(connection_, options_.apply_patience);
  if (!lock) return std::unexpected(lock.error());
  if (auto watching = StartWatch(); !watching) return std::unexpected(watching.error());
  for (std::size_t begin = 0; begin < plan_.steps.size();) {
    std::size_t end = begin + 1;
    while (end < plan_.steps.size() && plan_.steps[end].group == plan_.steps[begin].group) ++end;
    if (auto done = RunGroup(begin, end); !done) return std::unexpected(done.error());
    begin = end;
  }
  report_.seconds = Seconds(Clock::now() - started);
  return report_;
}

}  // namespace

Result<ApplyReport> ExecutePlan(const Plan& plan, Connection& connection, const ApplyOptions& options,
                                ApplyObserver& observer, const StepRecorder* recorder) {
  return Executor(plan, connection, options, observer, recorder).Run();
}

}  // namespace schemadiff
