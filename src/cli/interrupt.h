// Ctrl-C during an apply: the running statement is cancelled on the server, and the apply ends as it does for any step
// that fails, with its report.
#pragma once

#include <atomic>
#include <csignal>
#include <thread>

#include "postgres/connection.h"

namespace schemadiff {

/// While it lives, SIGINT, SIGTERM and SIGHUP cancel what runs on `connection`. Make it before other threads are
/// started, since they inherit which signals are blocked.
class CancelOnSignal {
 public:
  explicit CancelOnSignal(Connection& connection);
  ~CancelOnSignal();
  CancelOnSignal(const CancelOnSignal&) = delete;
  CancelOnSignal& operator=(const CancelOnSignal&) = delete;

  /// A statement is about to run: a signal that came while none did is for it.
  void StatementStarts() { pending_ = received_.load(); }
  bool received() const { return received_; }

 private:
  void Run(const std::stop_token& stop);

  Connection& connection_;
  sigset_t signals_{};
  sigset_t before_{};
  std::atomic<bool> received_ = false;
  std::atomic<bool> pending_ = false;
  std::jthread thread_;
};

}  // namespace schemadiff
