#include "postgres/conninfo.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <optional>

#include "postgres/connection.h"

namespace schemadiff {
namespace {

constexpr std::string_view kStars = "***";
// What may be shown. A keyword that is not among them may be a misspelt password.
constexpr auto kShown = std::to_array<std::string_view>({"application_name",
                                                         "channel_binding",
                                                         "client_encoding",
                                                         "connect_timeout",
                                                         "dbname",
                                                         "gssencmode",
                                                         "host",
                                                         "hostaddr",
                                                         "keepalives",
                                                         "load_balance_hosts",
                                                         "options",
                                                         "passfile",
                                                         "port",
                                                         "require_auth",
                                                         "service",
                                                         "sslcert",
                                                         "sslkey",
                                                         "sslmode",
                                                         "sslrootcert",
                                                         "target_session_attrs",
                                                         "tcp_user_timeout",
                                                         "user"});

bool IsSecret(std::string_view keyword) { return !std::ranges::contains(kShown, keyword); }
bool IsSpace(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

/// Length of the scheme with its slashes, 0 when there is none.
std::size_t SchemeLength(std::string_view conninfo) {
  for (const std::string_view scheme : {"postgresql://", "postgres://"}) {
    if (conninfo.starts_with(scheme)) return scheme.size();
  }
  return 0;
}

/// The password of a URI: its start and end. Up to the last `@` before the query, not to the first as libpq has it, so
/// that a password which was not percent-encoded is hidden whole.
struct Span {
  std::size_t begin;
  std::size_t end;
};
std::optional<Span> UriPassword(std::string_view uri) {
  const std::size_t start = SchemeLength(uri);
  const std::size_t at = uri.substr(0, uri.find('?')).rfind('@');
  const std::size_t colon = uri.find(':', start);
  if (at == std::string_view::npos || colon == std::string_view::npos || at < start || colon >= at) return std::nullopt;
  return Span{colon + 1, at};
}

std::string RedactUri(std::string_view uri) {
  std::string out(uri);
  if (const std::size_t query = uri.find('?'); query != std::string_view::npos) {
    out.resize(query);
    std::size_t at = query;
    while (at < uri.size()) {
      const std::size_t next = std::min(uri.find('&', at + 1), uri.size());
      const std::string_view pair = uri.substr(at, next - at);  // With its `?` or `&`.
      const std::size_t equals = pair.find('=');
      const bool secret = equals != std::string_view::npos && IsSecret(pair.substr(1, equals - 1));
      out += secret ? pair.substr(0, equals + 1) : pair;
      if (secret) out += kStars;
      at = next;
    }
  }
  if (const auto password = UriPassword(uri)) out.replace(password->begin, password->end - password->begin, kStars);
  return out;
}

/// End of the value that starts at `at`: quoted or not, with backslash escapes (libpq: conninfo_parse).
std::size_t ValueEnd(std::string_view text, std::size_t at) {
  const bool quoted = at < text.size() && text[at] == '\'';
  if (quoted) ++at;
  while (at < text.size()) {
    if (quoted ? text[at] == '\'' : IsSpace(text[at])) return quoted ? at + 1 : at;
    at += text[at] == '\\' && at + 1 < text.size() ? 2 : 1;
  }
  return at;
}

std::string RedactKeywords(std::string_view text) {
  const auto skip = [&](std::size_t at) {
    while (at < text.size() && IsSpace(text[at])) ++at;
    return at;
  };
  std::string out;
  std::size_t at = 0;
  while (at < text.size()) {
    const std::size_t begin = at;
    at = skip(at);
    const std::size_t key = at;
    while (at < text.size() && text[at] != '=' && !IsSpace(text[at])) ++at;
    const std::string_view keyword = text.substr(key, at - key);
    const std::size_t equals = skip(at);
    if (equals >= text.size() || text[equals] != '=') {
      out += text.substr(begin, at - begin);
      continue;
    }
    const std::size_t value = skip(equals + 1);
    at = ValueEnd(text, value);
    out += IsSecret(keyword) ? std::string(text.substr(begin, value - begin)).append(kStars)
                             : text.substr(begin, at - begin);
  }
  return out;
}

}  // namespace

bool IsPostgresUri(std::string_view conninfo) { return SchemeLength(conninfo) > 0; }

bool HasUnencodedPassword(std::string_view conninfo) {
  if (!IsPostgresUri(conninfo)) return false;
  const auto password = UriPassword(conninfo);
  return password && conninfo.substr(password->begin, password->end - password->begin).find_first_of("@/") !=
                         std::string_view::npos;
}

std::string WithDefaults(std::string_view conninfo) {
  const bool uri = IsPostgresUri(conninfo);
  const std::string_view query = conninfo.substr(std::min(conninfo.find('?'), conninfo.size()));
  std::string before;  // In a keyword string the last value of a keyword holds.
  std::string after;
  const auto set = [&](std::string_view keyword, std::string_view value, bool override) {
    const std::string pair = std::string(keyword).append("=").append(value);
    if (!uri) {
      (override ? after : before).append(" ").append(pair);
    } else if (override || !query.contains(std::string(keyword) + "=")) {
      after.append(query.empty() && after.empty() ? "?" : "&").append(pair);
    }
  };
  set("application_name", "schemadiff", false);
  if (std::getenv("PGCONNECT_TIMEOUT") == nullptr) set("connect_timeout", "10", false);
  set("client_encoding", "UTF8", true);
  return (before.empty() ? before : before + " ").append(conninfo).append(after);
}

std::string QuoteConninfoValue(std::string_view value) {
  std::string out = "'";
  for (const char c : value) {
    if (c == '\'' || c == '\\') out += '\\';
    out += c;
  }
  return out + "'";
}

std::string RedactConninfo(std::string_view conninfo) {
  return IsPostgresUri(conninfo) ? RedactUri(conninfo) : RedactKeywords(conninfo);
}

}  // namespace schemadiff
