// One apply at a time in a database: a session advisory lock.
#pragma once

#include <chrono>
#include <string>

#include "postgres/connection.h"

namespace schemadiff {

class ApplyLock {
 public:
  /// Polls for the lock and never waits for it in the server: a session that waits in pg_advisory_lock() holds a
  /// snapshot on which the holder's CREATE INDEX CONCURRENTLY waits, a deadlock. Errors: kTryAgain, naming the holder,
  /// when it is not free within `patience`.
  static Result<ApplyLock> Take(Connection& connection, std::chrono::milliseconds patience);

  /// A condition of SQL: whether somebody holds the lock in this database.
  static std::string HeldSql();
  /// A statement for a script: it takes the lock for the session or fails.
  static std::string TakeSql();

  ~ApplyLock();
  ApplyLock(ApplyLock&& other) noexcept : connection_(std::exchange(other.connection_, nullptr)) {}
  ApplyLock& operator=(ApplyLock&&) = delete;

 private:
  explicit ApplyLock(Connection& connection) : connection_(&connection) {}
  Connection* connection_;
};

}  // namespace schemadiff
