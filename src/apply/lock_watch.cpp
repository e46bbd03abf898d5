#include "apply/lock_watch.h"

#include <fmt/format.h>

#include <chrono>
#include <optional>

#include "support/quote.h"

namespace schemadiff {
namespace {

using std::chrono::milliseconds;
constexpr milliseconds kPatience{300};

// pg_blocking_pids() names a pid more than once for parallel workers, and 0 for a prepared transaction.
constexpr std::string_view kHolders = R"sql(
  SELECT DISTINCT b.pid, a.usename, a.application_name,
         CASE WHEN a.backend_type = 'client backend' THEN a.state ELSE a.backend_type END,
         extract(epoch FROM clock_timestamp() - coalesce(a.xact_start, a.query_start))::bigint
    FROM unnest(pg_blocking_pids($1::int)) AS b(pid) LEFT JOIN pg_stat_activity AS a ON a.pid = b.pid
   ORDER BY b.pid)sql";

std::vector<int> Pids(const std::vector<LockHolder>& holders) {
  std::vector<int> pids;
  for (const LockHolder& holder : holders) pids.push_back(holder.pid);
  return pids;
}

}  // namespace

std::string LockHolder::ToString() const {
  if (pid == 0) return "a prepared transaction";
  std::vector<std::string> facts;
  if (!application.empty()) facts.push_back(application);
  if (!user.empty()) facts.push_back("user " + user);
  if (!state.empty()) facts.push_back(fmt::format("{} for {} s", state, seconds));
  return facts.empty() ? fmt::format("pid {}", pid) : fmt::format("pid {} ({})", pid, Join(facts, ", "));
}

LockWatch::LockWatch(std::string conninfo, int pid, Report report)
    : conninfo_(std::move(conninfo)),
      pid_(pid),
      report_(std::move(report)),
      thread_([this](const std::stop_token& stop) { Run(stop); }) {}

void LockWatch::Begin() {
  const std::lock_guard lock(mutex_);
  running_ = true;
  ++statement_;
  last_.clear();
  changed_.notify_all();
}

void LockWatch::End() {
  const std::lock_guard lock(mutex_);
  running_ = false;
  changed_.notify_all();
}

std::vector<LockHolder> LockWatch::Last() const {
  const std::lock_guard lock(mutex_);
  return last_;
}

std::vector<LockHolder> LockWatch::Look(Connection& connection) const {
  std::vector<LockHolder> holders;
  const std::vector<std::string> parameters{std::to_string(pid_)};
  const auto rows = connection.Query(kHolders, parameters);
  for (int i = 0; rows && i < rows->size(); ++i) {
    holders.push_back({static_cast<int>(rows->Int(i, 0)), std::string(rows->Text(i, 1)), std::string(rows->Text(i, 2)),
                       std::string(rows->Text(i, 3)), rows->Int(i, 4)});
  }
  return holders;
}

void LockWatch::Run(const std::stop_token& stop) {
  std::optional<Connection> connection;
  std::unique_lock lock(mutex_);
  while (changed_.wait(lock, stop, [&] { return running_; })) {
    const std::uint64_t statement = statement_;
    const auto over = [&] { return !running_ || statement_ != statement; };
    if (changed_.wait_for(lock, stop, kPatience, over)) continue;
    if (stop.stop_requested()) return;
    lock.unlock();
    if (!connection) {
      if (auto opened = Connection::Open(conninfo_)) connection = *std::move(opened);
    }
    auto holders = connection ? Look(*connection) : std::vector<LockHolder>();
    lock.lock();
    if (over() || holders.empty()) continue;
    const bool news = Pids(holders) != Pids(last_);
    last_ = std::move(holders);
    if (!news) continue;
    const std::vector<LockHolder> seen = last_;
    lock.unlock();
    report_(seen);
    lock.lock();
  }
}

}  // namespace schemadiff
