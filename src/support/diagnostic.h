// What is told to the user when something is wrong, and Result, which carries it between modules.
#pragma once

#include <cstdint>
#include <expected>
#include <string>
#include <utility>
#include <vector>

#include "support/source.h"

namespace schemadiff {

/// What went wrong, in the terms of the exit codes that the product promises.
enum class ErrorCode : std::uint8_t {
  kFailed,       ///< Exit 1.
  kRefused,      ///< Exit 3: a hazard needs --allow, or the plan is stale.
  kUsage,        ///< Exit 64.
  kBadInput,     ///< Exit 65: SQL or TOML that cannot be read.
  kUnavailable,  ///< Exit 69: no server, or a privilege is lacking.
  kTryAgain,     ///< Exit 75: a lock was not obtained in the time allowed.
};

/// The process exit code of an error.
int ExitCode(ErrorCode code);

enum class Severity : std::uint8_t { kError, kWarning };

/// One message. Lower case, no full stop, SQL in backticks; the situation in `message`, the way out in `hint`.
struct Diagnostic {
  ErrorCode code = ErrorCode::kFailed;
  Severity severity = Severity::kError;
  SourceLocation location;
  std::string message;
  std::string hint;
  std::string sqlstate;  ///< Of a server error; otherwise empty.

  /// `file:line:column: error: message`, the line itself under it with a caret, and the hint. No newline at the end.
  std::string ToString() const;
};

/// One or more messages; the first error decides the exit code.
class Diagnostics {
 public:
  Diagnostics() = default;
  Diagnostics(Diagnostic diagnostic) { Add(std::move(diagnostic)); }  // NOLINT: errors convert implicitly

  void Add(Diagnostic diagnostic) { items_.push_back(std::move(diagnostic)); }
  void Append(const Diagnostics& other) { items_.insert(items_.end(), other.items_.begin(), other.items_.end()); }
  bool empty() const { return items_.empty(); }
  bool HasErrors() const;
  const std::vector<Diagnostic>& items() const { return items_; }
  /// Sorts by file and offset, so that messages do not depend on the order of work.
  void Sort();
  /// Exit code of the first error; 0 when there are only warnings.
  int ExitCode() const;

 private:
  std::vector<Diagnostic> items_;
};

template <typename T>
using Result = std::expected<T, Diagnostics>;

/// An error to return from a function whose type is Result.
inline std::unexpected<Diagnostics> Error(ErrorCode code, std::string message, std::string hint = {},
                                          SourceLocation location = {}) {
  return std::unexpected<Diagnostics>(Diagnostic{.code = code,
                                                 .severity = Severity::kError,
                                                 .location = std::move(location),
                                                 .message = std::move(message),
                                                 .hint = std::move(hint),
                                                 .sqlstate = {}});
}

}  // namespace schemadiff
