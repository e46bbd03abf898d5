// Runs a Plan: its transaction groups in order, with short lock timeouts and retries.
#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "apply/lock_watch.h"
#include "apply/recorder.h"
#include "planner/plan.h"
#include "postgres/connection.h"
#include "support/diagnostic.h"

namespace schemadiff {

struct ApplyOptions {
  std::chrono::milliseconds lock_timeout{2000};  ///< For each lock of a statement in a transaction.
  int lock_retries = 20;                         ///< Of a transaction after its first attempt; the pauses between grow.
  std::chrono::milliseconds retry_pause{200};    ///< The first pause; doubled up to 16 times this, and jittered.
  std::chrono::milliseconds apply_patience{2000};  ///< How long to wait for another apply to end.
  /// For a second connection, which sees who holds a lock; without it holders are not named.
  std::optional<std::string> watch_conninfo;
  std::string command = "schemadiff apply";  ///< What to run again when it fails, for messages.
};

/// Hears what happens. Steps are numbered from 0, as in Plan::steps.
class ApplyObserver {
 public:
  virtual ~ApplyObserver() = default;
  /// Again for each step of a transaction that is retried.
  virtual void StepStarted(std::size_t /*number*/, const Step& /*step*/) {}
  /// Its statements ran; done for good when the transaction of its group commits.
  virtual void StepFinished(std::size_t /*number*/, const Step& /*step*/, double /*seconds*/) {}
  /// Called on another thread, while a step runs.
  virtual void WaitingForLock(std::size_t /*number*/, const Step& /*step*/,
                              const std::vector<LockHolder>& /*holders*/) {}
  /// `attempt`: the number of the one to come, from 2.
  virtual void Retrying(std::size_t /*number*/, const Step& /*step*/, int /*attempt*/, double /*pause_seconds*/,
                        const Diagnostic& /*why*/) {}
};

struct ApplyReport {
  std::size_t steps = 0;  ///< Done and committed.
  int retries = 0;
  double seconds = 0;
};

/// Executes the plan. The hazard gate and the fingerprint are the caller's. The session's settings (search_path,
/// timeouts) stay changed afterwards. What is committed when a step fails stays; the message says what was done and
/// what was not. With a recorder, each step and what records it are done together or not at all; what it gives for a
/// step that failed is recorded as far as that can be. Errors: kTryAgain when a lock is not to be had or another apply
/// is at work, kUnavailable when the connection is lost or a privilege is lacking, kFailed otherwise.
Result<ApplyReport> ExecutePlan(const Plan& plan, Connection& connection, const ApplyOptions& options,
                                ApplyObserver& observer, const StepRecorder* recorder = nullptr);

}  // namespace schemadiff
