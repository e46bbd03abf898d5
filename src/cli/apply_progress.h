// What is shown while an apply runs.
#pragma once

#include "apply/execute.h"
#include "cli/interrupt.h"
#include "cli/progress.h"

namespace schemadiff {

/// Tells `progress` which step runs; waits for locks and retries are printed as lines that stay, unless quiet.
class ApplyProgress : public ApplyObserver {
 public:
  ApplyProgress(std::size_t total, bool quiet, Progress& progress, CancelOnSignal& cancel)
      : total_(total), quiet_(quiet), progress_(progress), cancel_(cancel) {}

  void StepStarted(std::size_t number, const Step& step) override;
  void StepFinished(std::size_t number, const Step& step, double seconds) override;
  void WaitingForLock(std::size_t number, const Step& step, const std::vector<LockHolder>& holders) override;
  void Retrying(std::size_t number, const Step& step, int attempt, double pause_seconds,
                const Diagnostic& why) override;

 private:
  void Print(const std::string& line);

  std::size_t total_;
  bool quiet_;
  Progress& progress_;
  CancelOnSignal& cancel_;
};

}  // namespace schemadiff
