#include "cli/revision_run.h"

#include <fmt/format.h>

#include <iterator>

#include "apply/hazard_gate.h"
#include "cli/files.h"
#include "cli/ledger_setup.h"
#include "cli/replay_ahead.h"
#include "cli/run_plan.h"
#include "cli/stale.h"
#include "report/plan_sql.h"
#include "report/words.h"
#include "support/quote.h"

namespace schemadiff {

Result<void> RevisionRun::CheckUsage() {
  Result<RunChoices> choices = ChooseRun(options_.common, options_.until, options_.allow);
  if (!choices) return std::unexpected(choices.error());
  choices_ = std::move(*choices);
  const Result<std::chrono::milliseconds> wait = ParseWait(options_.wait);
  if (!wait) return std::unexpected(wait.error());
  wait_ = *wait;
  return {};
}

Result<void> RevisionRun::Open() {
  Result<History> history = ReadHistory({.common = options_.common, .revisions = options_.revisions}, console_);
  if (!history) return std::unexpected(history.error());
  history_ = std::move(*history);
  Result<Session> session = Session::Open(options_.common, console_);
  if (!session) return std::unexpected(session.error());
  session_ = std::move(*session);
  const Environment& environment = session_->settings().environment;
  choices_.allowed.insert(environment.allow.begin(), environment.allow.end());
  return {};
}

Result<void> RevisionRun::MakePlan() {
  Connection& connection = session_->connection();
  Result<Ledger> ledger = ReadLedger(connection);
  if (!ledger) return std::unexpected(ledger.error());
  ledger_ = std::move(*ledger);
  Result<Reconciled> there = Reconcile(
      ledger_, history_.graph,
      {.database = connection.database_name(), .folder = history_.folder, .accept_changed = options_.accept_changed},
      ThisWriter());
  if (!there) return std::unexpected(there.error());
  there_ = std::move(*there);
  Result<RevisionPlan> planned = direction_ == Direction::kUpgrade
                                     ? PlanUpgrade(history_.graph, there_, options_.target)
                                     : PlanDowngrade(history_.graph, there_, options_.target);
  if (!planned) return std::unexpected(planned.error());
  planned_ = std::move(*planned);
  if (direction_ == Direction::kUpgrade) {
    const Result<Diagnostics> warnings =
        ReplayAhead(history_.graph, there_, planned_.revisions, connection.server_version());
    if (!warnings) return std::unexpected(warnings.error());
    console_.Show(*warnings);
  }
  Plan& plan = planned_.plan;
  plan.database = connection.database_name();
  plan.postgres_version = connection.server_version();
  plan.notes.insert(plan.notes.begin(), there_.notes.begin(), there_.notes.end());
  const std::size_t whole = plan.steps.size();
  if (choices_.until) plan = CutAfterPhase(plan, *choices_.until);
  left_ = whole - plan.steps.size();
  return {};
}

// Somebody else may have run what was planned while nobody held the lock.
Result<bool> RevisionRun::IsAsPlanned() {
  const Result<Ledger> now = ReadLedger(session_->connection());
  if (!now) return std::unexpected(now.error());
  return now->layout == ledger_.layout && now->revisions == ledger_.revisions;
}

Result<void> RevisionRun::TakeLock() {
  Result<ApplyLock> lock = ApplyLock::Take(session_->connection(), wait_);
  if (!lock) return std::unexpected(lock.error());
  lock_.emplace(std::move(*lock));
  return {};
}

Result<void> RevisionRun::Tell(const std::string& text) {
  if (choices_.format == Format::kText && !options_.common.out) return console_.Out(text + '\n');
  console_.Note(text);
  return {};
}

// Nothing to do, a refusal or no consent: the exit code to leave with.
Result<std::optional<int>> RevisionRun::MayRun() {
  const Plan& plan = planned_.plan;
  if (Diagnostics refused = CheckHazards(plan, choices_.allowed); !refused.empty()) return std::unexpected(refused);
  if (options_.dry_run) {
    console_.Note("dry run: nothing was done");
    return 0;
  }
  if (!Asks()) return std::nullopt;
  const Result<bool> confirmed = AskToRun(Name(direction_), plan, *session_);
  if (!confirmed) return std::unexpected(confirmed.error());
  if (*confirmed) return std::nullopt;
  console_.Note("not confirmed; nothing was done");
  return ExitCode(ErrorCode::kFailed);
}

// What to run again.
std::string RevisionRun::CommandLine() const {
  const bool is_default = direction_ == Direction::kUpgrade && options_.target == "head";
  return fmt::format("schemadiff {}{}", Name(direction_), is_default ? "" : " " + options_.target);
}

Result<void> RevisionRun::Prepare() {
  if (Result<void> made = EnsureLedger(*session_, ledger_, CommandLine()); !made) return made;
  if (there_.bookkeeping.empty()) return {};
  return session_->connection().Execute(Join(there_.bookkeeping, ";\n"));
}

Result<int> RevisionRun::NothingToDo() {
  const Plan& plan = planned_.plan;
  for (const std::string& note : plan.notes) console_.Note("note: " + OneLine(note));
  if (!options_.dry_run && !there_.bookkeeping.empty()) {
    if (!lock_) {
      if (Result<void> locked = TakeLock(); !locked) return std::unexpected(locked.error());
      const Result<bool> same = IsAsPlanned();
      if (!same) return std::unexpected(same.error());
      if (!*same) return Error(ErrorCode::kTryAgain, "another schemadiff was at work meanwhile", "run it again");
    }
    if (Result<void> done = Prepare(); !done) return std::unexpected(done.error());
  }
  if (choices_.format != Format::kText || options_.common.out) {
    if (Result<void> shown = Deliver(plan, options_.common, session_->settings(), console_); !shown) {
      return std::unexpected(shown.error());
    }
  }
  const std::string database = OneLine(plan.database);
  std::string text = fmt::format("nothing to {}: database `{}` is there already", Name(direction_), database);
  if (left_ > 0) {
    text = fmt::format("nothing to do until phase {}; {} left for later", Name(*choices_.until), Plural(left_, "step"));
  }
  const Result<void> told = Tell(text);
  return told ? Result<int>(0) : std::unexpected(told.error());
}

Result<int> RevisionRun::WriteScript() {
  const LedgerRecorder recorder = Recorder();
  const std::string timeout = fmt::format("{}ms", session_->settings().environment.lock_timeout.count());
  SqlOptions how{.lock_timeout = timeout,
                 .before = [&](std::size_t step) { return recorder.Before(step); },
                 .after = [&](std::size_t step) { return recorder.After(step); }};
  how.preamble = {ApplyLock::TakeSql()};
  how.preamble.insert(how.preamble.end(), there_.bookkeeping.begin(), there_.bookkeeping.end());
  std::string script;
  if (ledger_.layout != kLedgerLayout && !(planned_.plan.empty() && there_.bookkeeping.empty())) {
    const Result<Plan> ledger = PlanLedger(session_->connection());
    if (!ledger) return std::unexpected(ledger.error());
    script = "-- the ledger\n" + PlanSql(*ledger, {.lock_timeout = timeout}) + '\n';
  }
  if (planned_.plan.empty() && there_.bookkeeping.empty()) how.preamble.clear();
  script += PlanSql(planned_.plan, how);
  const Result<void> written =
      options_.common.out ? WriteFileAtomically(*options_.common.out, script) : console_.Out(script);
  if (!written) return std::unexpected(written.error());
  if (options_.common.out) console_.Note("written to " + *options_.common.out);
  return 0;
}

Result<int> RevisionRun::Execute() {
  if (Result<void> ready = Prepare(); !ready) return std::unexpected(ready.error());
  const LedgerRecorder recorder = Recorder();
  const Result<ApplyReport> report = RunPlan(planned_.plan, *session_, console_, CommandLine(), &recorder);
  if (!report) return std::unexpected(report.error());
  std::string text = DoneText(*report);
  if (left_ > 0) text += fmt::format("; {} left for after phase {}", Plural(left_, "step"), Name(*choices_.until));
  const Result<void> told = Tell(text);
  return told ? Result<int>(0) : std::unexpected(told.error());
}

Result<int> RevisionRun::ShowAndRun() {
  while (true) {
    if (Result<void> made = MakePlan(); !made) return std::unexpected(made.error());
    if (options_.sql) return WriteScript();
    if (planned_.plan.empty()) return NothingToDo();
    if (choices_.format != Format::kText || !console_.quiet() || options_.common.out) {
      Result<void> shown = Deliver(planned_.plan, options_.common, session_->settings(), console_);
      if (!shown) return std::unexpected(shown.error());
    }
    const Result<std::optional<int>> leave = MayRun();
    if (!leave) return std::unexpected(leave.error());
    if (*leave) return **leave;
    if (lock_) return Execute();
    if (Result<void> locked = TakeLock(); !locked) return std::unexpected(locked.error());
    const Result<bool> same = IsAsPlanned();
    if (!same) return std::unexpected(same.error());
    if (*same) return Execute();
    lock_.reset();
    console_.Note("another schemadiff was at work meanwhile; planned anew:");
  }
}

Result<int> RevisionRun::Run() {
  if (Result<void> fine = CheckUsage(); !fine) return std::unexpected(fine.error());
  if (Result<void> opened = Open(); !opened) return std::unexpected(opened.error());
  // Planned under the lock, so that nobody comes between; but nobody is kept waiting for an answer.
  if (!options_.dry_run && !options_.sql && !Asks()) {
    if (Result<void> locked = TakeLock(); !locked) return std::unexpected(locked.error());
  }
  return ShowAndRun();
}

}  // namespace schemadiff
