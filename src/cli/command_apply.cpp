#include <fmt/format.h>

#include <algorithm>

#include "apply/apply_lock.h"
#include "apply/execute.h"
#include "apply/hazard_gate.h"
#include "cli/commands.h"
#include "cli/console.h"
#include "cli/files.h"
#include "cli/progress.h"
#include "cli/run_plan.h"
#include "cli/session.h"
#include "cli/stale.h"
#include "report/plan_json.h"
#include "report/words.h"

namespace schemadiff {
namespace {

class ApplyRun {
 public:
  explicit ApplyRun(const ApplyCommandOptions& options)
      : options_(options), console_(options.common.quiet, options.common.no_color) {}

  /// The exit code, or what to fail with.
  Result<int> Run();
  const Console& console() const { return console_; }

 private:
  Result<void> CheckUsage();
  Result<void> GetPlan();
  Result<void> LoadPlan();
  Result<void> CheckFresh();
  Result<void> FindSecrets();
  Result<void> TakeLock();
  void Cut();
  Result<void> Show();
  Result<bool> Confirmed();
  Result<int> Execute();
  Result<void> Tell(const std::string& text);
  bool Asks() const { return !options_.yes && session_->settings().environment.confirm; }

  const ApplyCommandOptions& options_;
  Console console_;
  RunChoices choices_;
  std::optional<Session> session_;
  std::optional<ApplyLock> lock_;  ///< Released before the session ends.
  Plan whole_;                     ///< As planned or saved.
  Plan plan_;                      ///< As far as it is executed now.
  std::size_t left_ = 0;           ///< Steps after --until.
};

Result<void> ApplyRun::CheckUsage() {
  Result<RunChoices> choices = ChooseRun(options_.common, options_.until, options_.allow);
  if (!choices) return std::unexpected(choices.error());
  choices_ = std::move(*choices);
  return {};
}

Result<void> ApplyRun::CheckFresh() {
  Result<std::string> live = std::string();
  {
    const Progress progress("comparing the database with the plan", session_->shows_progress());
    live = LiveFingerprint(session_->connection(), whole_.scope);
  }
  if (!live) return std::unexpected(live.error());
  if (*live == whole_.live_fingerprint) return {};
  const Result<PlannedMigration> now = MakePlan(session_->connection(), session_->settings().pipeline);
  return std::unexpected<Diagnostics>(StalePlan(whole_, now ? std::optional(now->plan) : std::nullopt));
}

// A saved plan does not hold secrets: the schema files do, for the same steps.
Result<void> ApplyRun::FindSecrets() {
  if (std::ranges::none_of(whole_.steps, [](const Step& step) { return step.masked > 0; })) return {};
  const Result<PlannedMigration> now = MakePlan(session_->connection(), session_->settings().pipeline);
  if (!now) return std::unexpected(now.error());
  for (Step& step : whole_.steps) {
    if (step.masked == 0) continue;
    const auto same = std::ranges::find_if(
        now->plan.steps, [&](const Step& other) { return other.masked == step.masked && other.sql == step.sql; });
    if (same == now->plan.steps.end()) {
      return Error(
          ErrorCode::kRefused,
          fmt::format("the secrets of step `{}` are not in the plan, which never holds any, and the schema files "
                      "no longer ask for the same step",
                      OneLine(step.sql.front())),
          "nothing was done; plan again, or apply without --plan");
    }
    step.secrets = same->secrets;
  }
  return {};
}

Result<void> ApplyRun::LoadPlan() {
  const Result<std::string> text = ReadFile(*options_.plan);
  if (!text) return std::unexpected(text.error());
  Result<Plan> plan = ParsePlanJson(*text, *options_.plan);
  if (!plan) return std::unexpected(plan.error());
  whole_ = std::move(*plan);
  return {};
}

Result<void> ApplyRun::GetPlan() {
  if (!options_.plan) {
    Result<Plan> plan = session_->MakePlanShown(console_);
    if (!plan) return std::unexpected(plan.error());
    whole_ = std::move(*plan);
    return {};
  }
  const std::string database = session_->connection().database_name();
  if (whole_.database.empty()) {
    return Error(ErrorCode::kRefused, "the plan was made without a database, by `schemadiff diff`",
                 "nothing was done; make one for this database with `schemadiff plan --out FILE.json`");
  }
  if (whole_.database != database) {
    return Error(
        ErrorCode::kRefused,
        fmt::format("the plan was made for database `{}`, and this is `{}`", OneLine(whole_.database), database),
        "nothing was done; make a plan for this one with `schemadiff plan --out FILE.json`");
  }
  const int version = session_->connection().server_version();
  if (whole_.postgres_version / 10000 != version / 10000) {
    return Error(ErrorCode::kRefused,
                 fmt::format("the plan was made for PostgreSQL {}, and this is {}",
                             ServerVersionText(whole_.postgres_version), ServerVersionText(version)),
                 "nothing was done; make a new one with `schemadiff plan --out FILE.json`");
  }
  if (Result<void> fresh = CheckFresh(); !fresh) return fresh;
  return FindSecrets();
}

Result<void> ApplyRun::TakeLock() {
  Result<ApplyLock> lock = ApplyLock::Take(session_->connection(), ApplyOptions{}.apply_patience);
  if (!lock) return std::unexpected(lock.error());
  lock_.emplace(std::move(*lock));
  return {};
}

void ApplyRun::Cut() {
  plan_ = choices_.until ? CutAfterPhase(whole_, *choices_.until) : whole_;
  left_ = whole_.steps.size() - plan_.steps.size();
}

Result<void> ApplyRun::Show() {
  if (choices_.format == Format::kText && console_.quiet() && !options_.common.out) return {};
  return Deliver(plan_, options_.common, session_->settings(), console_);
}

Result<bool> ApplyRun::Confirmed() {
  if (!Asks()) return true;
  return AskToRun("apply", plan_, *session_);
}

Result<void> ApplyRun::Tell(const std::string& text) {
  if (choices_.format == Format::kText) return console_.Out(text + '\n');
  console_.Note(text);
  return {};
}

Result<int> ApplyRun::Execute() {
  const Result<ApplyReport> report = RunPlan(plan_, *session_, console_, "schemadiff apply");
  if (!report) return std::unexpected(report.error());
  std::string text = DoneText(*report);
  if (left_ > 0) text += fmt::format("; {} left for after phase {}", Plural(left_, "step"), Name(*choices_.until));
  if (const Result<void> told = Tell(text); !told) return std::unexpected(told.error());
  return 0;
}

Result<int> ApplyRun::Run() {
  if (Result<void> fine = CheckUsage(); !fine) return std::unexpected(fine.error());
  if (options_.plan) {
    if (Result<void> loaded = LoadPlan(); !loaded) return std::unexpected(loaded.error());
  }
  Result<Session> session = Session::Open(options_.common, console_);
  if (!session) return std::unexpected(session.error());
  session_ = std::move(*session);
  const Environment& environment = session_->settings().environment;
  choices_.allowed.insert(environment.allow.begin(), environment.allow.end());
  // Planned under the lock, so that no other apply comes between; but nobody is kept waiting for an answer.
  const bool locks_first = !options_.dry_run && !Asks();
  if (locks_first) {
    if (Result<void> locked = TakeLock(); !locked) return std::unexpected(locked.error());
  }
  if (Result<void> got = GetPlan(); !got) return std::unexpected(got.error());
  Cut();
  if (plan_.empty() && left_ > 0) {
    const Result<void> told = Tell(
        fmt::format("nothing to do until phase {}; {} left for later", Name(*choices_.until), Plural(left_, "step")));
    return told ? Result<int>(0) : std::unexpected(told.error());
  }
  if (Result<void> shown = Show(); !shown) return std::unexpected(shown.error());
  if (plan_.empty()) return 0;
  if (Diagnostics refused = CheckHazards(plan_, choices_.allowed); !refused.empty()) return std::unexpected(refused);
  if (options_.dry_run) {
    console_.Note("dry run: nothing was done");
    return 0;
  }
  const Result<bool> confirmed = Confirmed();
  if (!confirmed) return std::unexpected(confirmed.error());
  if (!*confirmed) {
    console_.Note("not confirmed; nothing was done");
    return ExitCode(ErrorCode::kFailed);
  }
  if (!locks_first) {
    if (Result<void> locked = TakeLock(); !locked) return std::unexpected(locked.error());
    if (Result<void> fresh = CheckFresh(); !fresh) return std::unexpected(fresh.error());
  }
  return Execute();
}

}  // namespace

int ApplyCommand(const ApplyCommandOptions& options) {
  ApplyRun run(options);
  const Result<int> code = run.Run();
  return code ? *code : run.console().Fail(code.error());
}

}  // namespace schemadiff
