#include "apply/apply_lock.h"

#include <fmt/format.h>

#include <thread>

namespace schemadiff {
namespace {

// `schemadi` in ASCII; advisory locks are per database. pg_locks shows the upper half as classid, the lower as objid.
constexpr std::int64_t kKey = 0x736368656D616469;
constexpr std::chrono::milliseconds kPoll{200};

// Of the rows of pg_locks as `l`, those of the lock.
std::string Held() {
  return fmt::format(
      "l.locktype = 'advisory' AND l.granted AND l.objsubid = 1 AND l.classid = {} AND l.objid = {} "
      "AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())",
      kKey >> 32, kKey & 0xFFFFFFFF);
}

std::string Holder(Connection& connection) {
  const auto rows = connection.Query(
      "SELECT l.pid, a.usename FROM pg_locks AS l LEFT JOIN pg_stat_activity AS a ON a.pid = l.pid WHERE " + Held());
  if (!rows || rows->size() == 0) return "";
  return fmt::format(" (pid {}, user {})", rows->Text(0, 0), rows->Text(0, 1));
}

}  // namespace

Result<ApplyLock> ApplyLock::Take(Connection& connection, std::chrono::milliseconds patience) {
  const auto end = std::chrono::steady_clock::now() + patience;
  while (true) {
    const auto rows = connection.Query(fmt::format("SELECT pg_try_advisory_lock({})", kKey));
    if (!rows) return std::unexpected(rows.error());
    if (rows->Bool(0, 0)) return ApplyLock(connection);
    if (std::chrono::steady_clock::now() >= end) break;
    std::this_thread::sleep_for(kPoll);
  }
  return Error(
      ErrorCode::kTryAgain,
      fmt::format("another schemadiff is at work in database `{}`{}", connection.database_name(), Holder(connection)),
      "nothing was done; try again when it has ended");
}

std::string ApplyLock::HeldSql() { return "EXISTS (SELECT FROM pg_locks AS l WHERE " + Held() + ")"; }

std::string ApplyLock::TakeSql() {
  return fmt::format(
      "DO $$BEGIN IF NOT pg_try_advisory_lock({}) THEN RAISE EXCEPTION 'another schemadiff is at work'; END IF; END$$",
      kKey);
}

ApplyLock::~ApplyLock() {
  // On a connection that was lost the lock is gone anyway.
  if (connection_ != nullptr) (void)connection_->Execute(fmt::format("SELECT pg_advisory_unlock({})", kKey));
}

}  // namespace schemadiff
