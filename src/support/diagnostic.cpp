#include "support/diagnostic.h"

#include <fmt/format.h>

#include <algorithm>

namespace schemadiff {

int ExitCode(ErrorCode code) {
  switch (code) {
    case ErrorCode::kFailed: return 1;
    case ErrorCode::kRefused: return 3;
    case ErrorCode::kUsage: return 64;
    case ErrorCode::kBadInput: return 65;
    case ErrorCode::kUnavailable: return 69;
    case ErrorCode::kTryAgain: return 75;
  }
  return 1;
}

std::string Diagnostic::ToString() const {
  std::string out;
  if (location) out += location.ToString() + ": ";
  out += severity == Severity::kError ? "error: " : "warning: ";
  out += message;
  if (location) {
    const LineColumn at = location.file->Position(location.offset);
    const std::string_view line = location.file->Line(at.line);
    std::string caret;
    // Tabs stay tabs, so that the caret stands under its column whatever the terminal's tab width.
    std::uint32_t column = 1;
    for (const char c : line) {
      if (column == at.column) break;
      if ((static_cast<unsigned char>(c) & 0xC0U) == 0x80U) continue;
      caret += c == '\t' ? '\t' : ' ';
      ++column;
    }
    out += fmt::format("\n  {}\n  {}^", line, caret);
  }
  if (!hint.empty()) out += fmt::format("\n  {}", hint);
  return out;
}

bool Diagnostics::HasErrors() const {
  return std::ranges::any_of(items_, [](const Diagnostic& d) { return d.severity == Severity::kError; });
}

void Diagnostics::Sort() {
  std::ranges::stable_sort(items_, [](const Diagnostic& a, const Diagnostic& b) {
    const std::string& path_a = a.location ? a.location.file->path() : std::string();
    const std::string& path_b = b.location ? b.location.file->path() : std::string();
    return std::tie(path_a, a.location.offset) < std::tie(path_b, b.location.offset);
  });
}

int Diagnostics::ExitCode() const {
  for (const Diagnostic& d : items_) {
    if (d.severity == Severity::kError) return schemadiff::ExitCode(d.code);
  }
  return 0;
}

}  // namespace schemadiff
