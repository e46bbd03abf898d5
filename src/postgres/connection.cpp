#include "postgres/connection.h"

#include <fmt/format.h>

#include <pqxx/pqxx>

#include "postgres/conninfo.h"
#include "postgres/rows.h"
#include "postgres/server_error.h"

namespace schemadiff {

struct Connection::Impl {
  explicit Impl(const std::string& conninfo) : connection(conninfo) {
    connection.set_notice_handler([this](pqxx::zview text) {
      while (!text.empty() && text.back() == '\n') text.remove_suffix(1);
      notices.emplace_back(text);
    });
  }
  // The handler keeps a pointer to this.
  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;

  /// Runs `body` with a nontransaction: what the caller's BEGIN and COMMIT say is all that the server hears.
  template <typename Body>
  Result<Rows> Run(std::string_view sql, Body body, decltype(&ServerDiagnostic) explain = ServerDiagnostic) {
    try {
      pqxx::nontransaction session(connection);
      Rows rows;
      rows.impl_ = std::make_unique<Rows::Impl>(body(session));
      return rows;
    } catch (const pqxx::insufficient_privilege& e) {
      // libpqxx leaves this one's SQLSTATE out.
      Diagnostic diagnostic = explain(e.what(), "42501", sql);
      if (!diagnostic.hint.empty()) diagnostic.hint += "\n  ";
      diagnostic.hint +=
          fmt::format("grant what is missing to role `{}`, or connect as a role that has it", connection.username());
      return std::unexpected<Diagnostics>(std::move(diagnostic));
    } catch (const pqxx::sql_error& e) {
      return std::unexpected<Diagnostics>(explain(e.what(), e.sqlstate(), sql));
    } catch (const pqxx::broken_connection& e) {
      Diagnostic diagnostic = explain(e.what(), "", sql);
      // Class 08 may speak of another connection: a subscription's to its publisher.
      if (connection.is_open()) return std::unexpected<Diagnostics>(std::move(diagnostic));
      diagnostic.code = ErrorCode::kUnavailable;
      if (diagnostic.hint.empty()) diagnostic.hint = "the connection to the server was lost, try again";
      return std::unexpected<Diagnostics>(std::move(diagnostic));
    } catch (const std::exception& e) {
      return std::unexpected<Diagnostics>(explain(e.what(), "", sql));
    }
  }

  std::vector<std::string> notices;
  pqxx::connection connection;
};

namespace {

/// Whether libpq could not read the address, by its words (fe-connect.c).
bool IsMalformed(std::string_view reason) {
  const auto says = [&](std::string_view words) { return reason.find(words) != std::string_view::npos; };
  return says("invalid connection option") || says("missing \"=\"") || says("invalid URI") ||
         says("unexpected character") || says("percent-encoded") || says("key/value separator") ||
         says("unterminated quoted string") || says("end of string reached");
}

/// What to do about a connection that was not made, by the server's or libpq's words.
std::string_view ConnectHint(std::string_view reason) {
  const auto says = [&](std::string_view words) { return reason.find(words) != std::string_view::npos; };
  if (says("password")) return "give the password in ~/.pgpass or PGPASSWORD";
  if (says("does not exist")) return "check the name of the database and of the role";
  return "check that the server runs there and accepts connections: address, port, pg_hba.conf";
}

std::string OneLine(std::string_view text) {
  std::string out;
  for (const char c : text) out += c == '\n' || c == '\t' ? ' ' : c;
  while (!out.empty() && out.back() == ' ') out.pop_back();
  return out;
}

/// libpq's words about an address that it cannot read, without the parts of it that they quote: these may be secret.
/// The name of an unknown parameter is not.
std::string WithoutQuotes(std::string_view reason) {
  if (reason.find("parameter") != std::string_view::npos || reason.find("option") != std::string_view::npos) {
    return OneLine(reason);
  }
  std::string out = OneLine(reason.substr(0, reason.find(": \"")));
  const std::size_t after = out.find(" after \"");
  return after == std::string::npos ? out : out.substr(0, after);
}

std::unexpected<Diagnostics> CannotConnect(const std::string& conninfo, const std::string& reason) {
  const std::string where = conninfo.empty() ? "the server of the PG* variables" : RedactConninfo(conninfo);
  if (HasUnencodedPassword(conninfo)) {
    return Error(ErrorCode::kUnavailable, fmt::format("cannot connect to `{}`", where),
                 "write `@` as %40 and `/` as %2F in the user and password of a URL");
  }
  if (IsMalformed(reason)) {
    return Error(ErrorCode::kUsage,
                 fmt::format("the address of the database cannot be read: {}", WithoutQuotes(reason)),
                 "a URL looks like postgresql://user@host:5432/database");
  }
  return Error(ErrorCode::kUnavailable, fmt::format("cannot connect to `{}`: {}", where, OneLine(reason)),
               std::string(ConnectHint(reason)));
}

}  // namespace

Connection::Connection(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Connection::~Connection() = default;
Connection::Connection(Connection&&) noexcept = default;
Connection& Connection::operator=(Connection&&) noexcept = default;

Result<Connection> Connection::Open(const std::string& conninfo) {
  try {
    return Connection(std::make_unique<Impl>(WithDefaults(conninfo)));
  } catch (const std::exception& e) {
    return CannotConnect(conninfo, e.what());
  }
}

Result<Rows> Connection::Query(std::string_view sql) {
  return impl_->Run(sql, [&](pqxx::nontransaction& session) { return session.exec(sql); });
}

Result<Rows> Connection::Query(std::string_view sql, std::span<const std::string> parameters) {
  return impl_->Run(sql, [&](pqxx::nontransaction& session) {
    pqxx::params params;
    params.reserve(parameters.size());
    for (const std::string& parameter : parameters) params.append(parameter);
    return session.exec(sql, params);
  });
}

Result<void> Connection::Execute(std::string_view sql) {
  return Query(sql).transform([](const Rows&) {});
}

Result<void> Connection::ExecuteSecret(std::string_view sql, std::string_view shown) {
  const auto run = [&](pqxx::nontransaction& session) { return session.exec(sql); };
  return impl_->Run(shown, run, SecretServerDiagnostic).transform([](const Rows&) {});
}

int Connection::server_version() const { return impl_->connection.server_version(); }
std::string Connection::database_name() const { return impl_->connection.dbname(); }
std::string Connection::user_name() const { return impl_->connection.username(); }
std::vector<std::string> Connection::TakeNotices() { return std::exchange(impl_->notices, {}); }

void Connection::Cancel() {
  try {
    impl_->connection.cancel_query();
  } catch (const std::exception&) {
    // The request was not delivered: the statement goes on and its own result tells.
  }
}

}  // namespace schemadiff
