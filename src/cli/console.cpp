#include "cli/console.h"

#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "report/words.h"
#include "support/redact.h"

namespace schemadiff {
namespace {

bool ColorForbidden() {
  const char* no_color = std::getenv("NO_COLOR");
  const char* terminal = std::getenv("TERM");
  return (no_color != nullptr && *no_color != '\0') || (terminal != nullptr && std::string_view(terminal) == "dumb");
}

}  // namespace

Console::Console(bool quiet, bool no_color) : quiet_(quiet), error_is_terminal_(::isatty(STDERR_FILENO) == 1) {
  const bool color = !no_color && !ColorForbidden();
  color_out_ = color && ::isatty(STDOUT_FILENO) == 1;
  color_error_ = color && error_is_terminal_;
}

Result<void> Console::Out(std::string_view text) const {
  if (std::fwrite(text.data(), 1, text.size(), stdout) == text.size() && std::fflush(stdout) == 0) return {};
  return Error(ErrorCode::kFailed, fmt::format("cannot write to standard output: {}", std::strerror(errno)));
}

void Console::Note(std::string_view text) const {
  if (!quiet_) fmt::print(stderr, "{}\n", text);
}

void Console::Show(const Diagnostics& diagnostics) const {
  for (const Diagnostic& diagnostic : diagnostics.items()) {
    const bool error = diagnostic.severity == Severity::kError;
    if (quiet_ && !error) continue;
    std::string text = Printable(MaskSecrets(diagnostic.ToString()));
    const std::string_view word = error ? "error:" : "warning:";
    if (const std::size_t at = text.find(word); color_error_ && at != std::string::npos) {
      text.replace(at, word.size(), fmt::format("\x1b[1;{}m{}\x1b[0m", error ? 31 : 33, word));
    }
    fmt::print(stderr, "{}\n", text);
  }
}

int Console::Fail(const Diagnostics& diagnostics) const {
  Show(diagnostics);
  return diagnostics.ExitCode();
}

}  // namespace schemadiff
