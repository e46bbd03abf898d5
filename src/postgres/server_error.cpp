#include "postgres/server_error.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>

namespace schemadiff {
namespace {

/// `LINE 12: `
bool IsPosition(std::string_view line) {
  if (!line.starts_with("LINE ")) return false;
  line.remove_prefix(5);
  const std::size_t digits = line.find_first_not_of("0123456789");
  return digits != 0 && digits != std::string_view::npos && line.substr(digits).starts_with(": ");
}

ErrorCode CodeOf(std::string_view sqlstate) {
  if (sqlstate == "55P03") return ErrorCode::kTryAgain;
  // Class 08: connection exceptions; 57P01 to 57P05: the server or the session is being ended.
  if (sqlstate == "42501" || sqlstate.starts_with("08") || sqlstate.starts_with("57P")) return ErrorCode::kUnavailable;
  return ErrorCode::kFailed;
}

void AddLine(std::string& text, std::string_view line) {
  if (line.empty()) return;
  if (!text.empty()) text += '\n';
  text += line;
}

/// A server's sentence on one line and without its full stop.
std::string Clause(std::string_view text) {
  std::string out(text);
  std::ranges::replace(out, '\n', ' ');
  if (out.ends_with('.')) out.pop_back();
  return out;
}

/// Continuation lines as far to the right as ToString() puts the first, so that a caret stays under its column.
std::string Indented(std::string_view text) {
  std::string out;
  for (const char c : text) {
    out += c;
    if (c == '\n') out += "  ";
  }
  return out;
}

}  // namespace

ServerError ParseServerError(std::string_view text) {
  ServerError error;
  std::string* field = &error.message;
  const auto starts = [&](std::string_view& line, std::string_view label, std::string& target) {
    if (!line.starts_with(label)) return;
    line.remove_prefix(label.size());
    line.remove_prefix(std::min(line.find_first_not_of(' '), line.size()));
    field = &target;
  };
  for (bool first = true; !text.empty(); first = false) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (first) {
      // The severity, then a colon and two spaces; libpq's own messages have none.
      if (const std::size_t colon = line.find(":  "); colon < 12) line.remove_prefix(colon + 3);
    } else if (IsPosition(line)) {
      field = &error.position;
    }
    starts(line, "DETAIL:", error.detail);
    starts(line, "HINT:", error.hint);
    starts(line, "CONTEXT:", error.context);
    AddLine(*field, line);
  }
  return error;
}

std::string Shorten(std::string_view sql, std::size_t limit) {
  std::string out;
  for (const char c : sql) {
    const bool space = std::isspace(static_cast<unsigned char>(c)) != 0;
    if (space && (out.empty() || out.back() == ' ')) continue;
    out += space ? ' ' : c;
  }
  while (!out.empty() && (out.back() == ' ' || out.back() == ';')) out.pop_back();
  if (out.size() <= limit) return out;
  // Not inside a UTF-8 sequence.
  while (limit > 0 && (static_cast<unsigned char>(out[limit]) & 0xC0U) == 0x80U) --limit;
  out.resize(limit);
  return out + "...";
}

namespace {

Diagnostic Explain(const ServerError& error, std::string_view sqlstate, std::string_view statement) {
  Diagnostic diagnostic{.code = CodeOf(sqlstate), .sqlstate = std::string(sqlstate)};
  diagnostic.message = fmt::format("`{}` failed: {}", Shorten(statement), Clause(error.message));
  if (!error.detail.empty()) diagnostic.message += ": " + Clause(error.detail);
  if (!sqlstate.empty()) diagnostic.message += fmt::format(" (SQLSTATE {})", sqlstate);
  AddLine(diagnostic.hint, error.position);
  AddLine(diagnostic.hint, error.hint);
  AddLine(diagnostic.hint, error.context);
  if (sqlstate == "55P03") AddLine(diagnostic.hint, "nothing is lost, try again");
  diagnostic.hint = Indented(diagnostic.hint);
  return diagnostic;
}

}  // namespace

Diagnostic ServerDiagnostic(std::string_view text, std::string_view sqlstate, std::string_view statement) {
  return Explain(ParseServerError(text), sqlstate, statement);
}

Diagnostic SecretServerDiagnostic(std::string_view text, std::string_view sqlstate, std::string_view shown) {
  ServerError error = ParseServerError(text);
  error.position.clear();
  error.context.clear();
  return Explain(error, sqlstate, shown);
}

}  // namespace schemadiff
