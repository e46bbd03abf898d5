#include "cli/apply_progress.h"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include "report/words.h"

namespace schemadiff {
namespace {

std::string Title(const Step& step) {
  return fmt::format("{} {} {}", Name(step.verb), step.object_kind, step.object_name);
}

}  // namespace

void ApplyProgress::StepStarted(std::size_t number, const Step& step) {
  progress_.Show(fmt::format("[{}/{}] {}", number + 1, total_, Title(step)));
  cancel_.StatementStarts();
}

void ApplyProgress::StepFinished(std::size_t number, const Step& step, double seconds) {
  spdlog::info("step {} of {}, {}: {:.3f} s", number + 1, total_, OneLine(Title(step)), seconds);
}

void ApplyProgress::WaitingForLock(std::size_t number, const Step& step, const std::vector<LockHolder>& holders) {
  std::vector<std::string> names;
  for (const LockHolder& holder : holders) names.push_back(holder.ToString());
  if (names.empty()) return;
  Print(fmt::format("step {}, {}: waiting for a lock that {} {}", number + 1, Title(step), fmt::join(names, ", "),
                    names.size() == 1 ? "holds" : "hold"));
}

void ApplyProgress::Retrying(std::size_t number, const Step& step, int attempt, double pause_seconds,
                             const Diagnostic& why) {
  Print(fmt::format("step {}, {}: {}; attempt {} in {:.1f} s", number + 1, Title(step), why.message, attempt,
                    pause_seconds));
}

void ApplyProgress::Print(const std::string& line) {
  if (!quiet_) progress_.Print(OneLine(line));
}

}  // namespace schemadiff
