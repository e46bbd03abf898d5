#include "cli/stale.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "report/words.h"

namespace schemadiff {
namespace {

constexpr std::size_t kShown = 10;

std::string Title(const Step& step) {
  return fmt::format("{} {} {}", Name(step.verb), step.object_kind, OneLine(step.object_name));
}

// Titles of the steps of `plan` whose SQL does not stand in `other`.
std::vector<std::string> OnlyIn(const Plan& plan, const Plan& other) {
  std::set<std::vector<std::string>> known;
  for (const Step& step : other.steps) known.insert(step.sql);
  std::vector<std::string> out;
  for (const Step& step : plan.steps) {
    if (!known.contains(step.sql)) out.push_back(Title(step));
  }
  return out;
}

void List(std::string& out, std::string_view heading, const std::vector<std::string>& titles) {
  for (std::size_t i = 0; i < std::min(titles.size(), kShown); ++i)
    out += fmt::format("{}: {}\n  ", heading, titles[i]);
  if (titles.size() > kShown) out += fmt::format("{}: {} more\n  ", heading, titles.size() - kShown);
}

}  // namespace

Diagnostic StalePlan(const Plan& saved, const std::optional<Plan>& now) {
  Diagnostic out{.code = ErrorCode::kRefused};
  out.message = fmt::format("the plan is stale: the schema of database `{}` has changed since it was made",
                            OneLine(saved.database));
  if (now && now->empty()) {
    out.hint = "the database has the desired schema already; there is nothing to do";
    return out;
  }
  if (now) {
    const std::vector<std::string> gone = OnlyIn(saved, *now);
    const std::vector<std::string> come = OnlyIn(*now, saved);
    List(out.hint, "no longer needed", gone);
    List(out.hint, "now needed besides", come);
    if (gone.empty() && come.empty()) out.hint = "its steps would still be the same; what changed is beside them\n  ";
  }
  out.hint += "nothing was done; plan again";
  return out;
}

Plan CutAfterPhase(const Plan& plan, Phase until) {
  Plan out = plan;
  const auto later = std::ranges::find_if(out.steps, [&](const Step& step) { return step.phase > until; });
  if (later == out.steps.end()) return out;
  const int group = later->group;
  const auto cut = std::ranges::find_if(out.steps, [&](const Step& step) { return step.group == group; });
  out.steps.erase(cut, out.steps.end());
  return out;
}

}  // namespace schemadiff
