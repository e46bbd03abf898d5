#include "apply/hazard_gate.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <map>

#include "support/quote.h"

namespace schemadiff {
namespace {

constexpr std::size_t kShown = 5;

std::string Title(std::size_t index, const Step& step) {
  return fmt::format("step {}, {} {} {}", index + 1, Name(step.verb), step.object_kind, step.object_name);
}

}  // namespace

Diagnostics CheckHazards(const Plan& plan, const std::set<HazardKind>& allowed) {
  std::set<HazardKind> needed;
  std::map<HazardKind, std::vector<std::string>> refused;
  for (std::size_t i = 0; i < plan.steps.size(); ++i) {
    for (const Hazard& hazard : plan.steps[i].hazards) {
      if (!hazard.accepted_because.empty()) continue;
      needed.insert(hazard.kind);  // Also what was allowed already: the option is to be given whole.
      if (allowed.contains(hazard.kind)) continue;
      const std::string title = Title(i, plan.steps[i]);
      refused[hazard.kind].push_back(hazard.reason.empty() ? title : fmt::format("{}: {}", title, hazard.reason));
    }
  }
  std::vector<Diagnostic> told;
  for (const auto& [kind, steps] : refused) {
    Diagnostic diagnostic{.code = ErrorCode::kRefused, .message = fmt::format("{} needs consent", Name(kind))};
    const std::size_t shown = steps.size() <= kShown + 1 ? steps.size() : kShown;
    diagnostic.hint =
        fmt::format("{}", fmt::join(steps.begin(), steps.begin() + static_cast<std::ptrdiff_t>(shown), "\n  "));
    if (shown < steps.size()) diagnostic.hint += fmt::format("\n  and {} more steps", steps.size() - shown);
    told.push_back(std::move(diagnostic));
  }
  Diagnostics out;
  if (told.empty()) return out;
  std::vector<std::string_view> names;
  for (const HazardKind kind : needed) names.push_back(Name(kind));
  told.back().hint += fmt::format("\n  nothing was done; to accept this, give `--allow {}`", Join(names, ","));
  for (Diagnostic& diagnostic : told) out.Add(std::move(diagnostic));
  return out;
}

}  // namespace schemadiff
