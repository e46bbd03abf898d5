// A connection to one PostgreSQL database. No exception leaves this folder: server errors come back as Diagnostics.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "support/diagnostic.h"

namespace schemadiff {

/// The rows of one result, in text format. Cells are valid as long as the Rows that they come from. Read row by row,
/// and by one thread at a time: even reading moves a cursor inside.
class Rows {
 public:
  Rows();
  ~Rows();
  Rows(Rows&&) noexcept;
  Rows& operator=(Rows&&) noexcept;

  int size() const;
  bool IsNull(int row, int column) const;
  /// Empty for NULL.
  std::string_view Text(int row, int column) const;
  bool Bool(int row, int column) const;          ///< false for NULL.
  std::int64_t Int(int row, int column) const;   ///< 0 for NULL.
  std::uint32_t Oid(int row, int column) const;  ///< 0 for NULL.
  /// Elements of a one-dimensional array; none for NULL. NULL elements come as empty strings.
  std::vector<std::string> Array(int row, int column) const;

  struct Impl;

 private:
  friend class Connection;
  std::unique_ptr<Impl> impl_;
};

/// The elements of a one-dimensional array in text form: what Rows::Array() gives of a cell's.
std::vector<std::string> ParseArray(std::string_view text);

class Connection {
 public:
  /// Connects to a libpq URI or keyword string; an empty one takes everything from PG* variables, pgpass and service
  /// files. Errors: kUnavailable, with the address (never the password) and the way out; kUsage for an address that
  /// libpq cannot read, which is not shown.
  static Result<Connection> Open(const std::string& conninfo);

  ~Connection();
  Connection(Connection&&) noexcept;
  Connection& operator=(Connection&&) noexcept;

  /// Runs one statement, or several separated by semicolons (rows of the last one come back). Errors carry SQLSTATE;
  /// 55P03 (lock_not_available) is kTryAgain, 42501 (insufficient_privilege) and a lost connection are kUnavailable,
  /// all others kFailed.
  Result<Rows> Query(std::string_view sql);
  /// As Query, with text parameters for $1, $2, ...
  Result<Rows> Query(std::string_view sql, std::span<const std::string> parameters);
  /// As Query, without rows.
  Result<void> Execute(std::string_view sql);
  /// As Execute, for a statement that holds secrets: errors show it as `shown`, and no excerpt of it. The server's own
  /// words may still quote a value.
  Result<void> ExecuteSecret(std::string_view sql, std::string_view shown);

  /// server_version_num, e.g. 170011.
  int server_version() const;
  std::string database_name() const;
  std::string user_name() const;
  /// Messages of severity NOTICE and WARNING since the last call.
  std::vector<std::string> TakeNotices();
  /// Asks the server to cancel what runs on this connection; may be called from another thread or a signal watcher.
  void Cancel();

  struct Impl;

 private:
  explicit Connection(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

/// The connection string as it may be shown: without its password.
std::string RedactConninfo(std::string_view conninfo);

}  // namespace schemadiff
