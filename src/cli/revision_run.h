// RevisionRun: what `upgrade` and `downgrade` have in common, from the folder and the ledger to the last step.
#pragma once

#include <optional>
#include <string>

#include "apply/apply_lock.h"
#include "cli/console.h"
#include "cli/revision_plan.h"
#include "cli/revisions.h"
#include "cli/run_plan.h"
#include "cli/session.h"
#include "cli/upgrade_commands.h"

namespace schemadiff {

class RevisionRun {
 public:
  RevisionRun(const RunRevisionsOptions& options, Direction direction)
      : options_(options), direction_(direction), console_(options.common.quiet, options.common.no_color) {}

  /// The exit code, or what to fail with.
  Result<int> Run();
  const Console& console() const { return console_; }

 private:
  Result<void> CheckUsage();
  Result<void> Open();
  Result<void> MakePlan();
  Result<bool> IsAsPlanned();
  Result<int> ShowAndRun();
  Result<std::optional<int>> MayRun();
  Result<void> Prepare();
  std::string CommandLine() const;
  Result<int> Execute();
  Result<int> NothingToDo();
  Result<int> WriteScript();
  Result<void> TakeLock();
  Result<void> Tell(const std::string& text);
  bool Asks() const { return !options_.yes && session_->settings().environment.confirm; }
  LedgerRecorder Recorder() const { return {planned_.plan, planned_.revisions, direction_, ThisWriter()}; }

  const RunRevisionsOptions& options_;
  Direction direction_;
  Console console_;
  RunChoices choices_;
  std::chrono::milliseconds wait_{};
  std::optional<Session> session_;
  std::optional<ApplyLock> lock_;  ///< Released before the session ends.
  History history_;
  Ledger ledger_;
  Reconciled there_;
  RevisionPlan planned_;
  std::size_t left_ = 0;  ///< Steps after --until.
};

}  // namespace schemadiff
