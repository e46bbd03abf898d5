#include "apply/hazard_gate.h"

#include <fmt/format.h>

#include <algorithm>

#include "support/quote.h"

namespace schemadiff {
namespace {

/// `data-loss (the column's values)` for each hazard of the step that nobody accepted.
std::vector<std::string> Refused(const Step& step, const std::set<HazardKind>& allowed, std::set<HazardKind>& needed) {
  std::vector<std::string> out;
  for (const Hazard& hazard : step.hazards) {
    if (!hazard.accepted_because.empty()) continue;
    needed.insert(hazard.kind);  // Also what was allowed already: the option is to be given whole.
    if (allowed.contains(hazard.kind)) continue;
    out.push_back(hazard.reason.empty() ? std::string(Name(hazard.kind))
                                        : fmt::format("{} ({})", Name(hazard.kind), hazard.reason));
  }
  return out;
}

}  // namespace

Diagnostics CheckHazards(const Plan& plan, const std::set<HazardKind>& allowed) {
  std::set<HazardKind> needed;
  std::vector<Diagnostic> refused;
  for (std::size_t i = 0; i < plan.steps.size(); ++i) {
    const Step& step = plan.steps[i];
    const std::vector<std::string> hazards = Refused(step, allowed, needed);
    if (hazards.empty()) continue;
    refused.push_back({.code = ErrorCode::kRefused,
                       .message = fmt::format("step {}, {} {} {}: {}", i + 1, Name(step.verb), step.object_kind,
                                              step.object_name, Join(hazards, ", "))});
  }
  Diagnostics out;
  if (refused.empty()) return out;
  std::vector<std::string_view> names;
  for (const HazardKind kind : needed) names.push_back(Name(kind));
  refused.back().hint = fmt::format("nothing was done; to accept this, give `--allow {}`", Join(names, ","));
  for (Diagnostic& diagnostic : refused) out.Add(std::move(diagnostic));
  return out;
}

}  // namespace schemadiff
