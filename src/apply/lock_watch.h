// Watches, from a connection and a thread of its own, who keeps a running statement waiting.
#pragma once

#include <condition_variable>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "postgres/connection.h"

namespace schemadiff {

/// A session that holds, or is ahead in the queue for, a lock that is waited for. What it runs is not shown.
struct LockHolder {
  int pid = 0;       ///< 0: a prepared transaction.
  std::string user;  ///< Empty where the right to see it is lacking; so are the next two.
  std::string application;
  std::string state;         ///< `active`, `idle in transaction`, or a backend type such as `autovacuum worker`.
  std::int64_t seconds = 0;  ///< Since its transaction began.
  bool operator==(const LockHolder&) const = default;

  /// `pid 71 (app, user bob, idle in transaction for 40 s)`
  std::string ToString() const;
};

class LockWatch {
 public:
  using Report = std::function<void(const std::vector<LockHolder>&)>;

  /// Looks for what blocks the server process `pid` while Begin() and End() say that a statement runs, first after
  /// 0.3 s; opens its connection only then. `report` is called on the watch's thread, once for each new set of holders.
  LockWatch(std::string conninfo, int pid, Report report);
  ~LockWatch() = default;
  LockWatch(const LockWatch&) = delete;
  LockWatch& operator=(const LockWatch&) = delete;

  void Begin();
  void End();
  /// Who was seen last since Begin(); may be empty.
  std::vector<LockHolder> Last() const;

 private:
  void Run(const std::stop_token& stop);
  std::vector<LockHolder> Look(Connection& connection) const;

  std::string conninfo_;
  int pid_;
  Report report_;
  mutable std::mutex mutex_;
  std::condition_variable_any changed_;
  bool running_ = false;
  std::uint64_t statement_ = 0;  ///< Counts Begin(): the thread tells one statement from the next.
  std::vector<LockHolder> last_;
  std::jthread thread_;  ///< Last, so that it ends before what it uses.
};

}  // namespace schemadiff
