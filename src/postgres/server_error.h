// What the server says when a statement fails, taken apart and made a Diagnostic.
#pragma once

#include <string>
#include <string_view>

#include "support/diagnostic.h"

namespace schemadiff {

/// The fields of libpq's error text.
struct ServerError {
  std::string message;   ///< Without the severity.
  std::string position;  ///< `LINE 2: ...` and, on the next line, the caret; empty when there is no position.
  std::string detail;
  std::string hint;
  std::string context;
};

ServerError ParseServerError(std::string_view text);

/// Codes as Connection::Query promises. The message holds the statement (shortened), the server's words and SQLSTATE;
/// the hint its position, hint and context.
Diagnostic ServerDiagnostic(std::string_view text, std::string_view sqlstate, std::string_view statement);
/// The same without the server's excerpts of the statement, which is shown in another form.
Diagnostic SecretServerDiagnostic(std::string_view text, std::string_view sqlstate, std::string_view shown);

/// A statement on one line, cut at `limit` bytes.
std::string Shorten(std::string_view sql, std::size_t limit = 160);

}  // namespace schemadiff
