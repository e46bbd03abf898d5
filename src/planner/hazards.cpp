#include "planner/hazards.h"

#include <algorithm>
#include <ranges>
#include <unordered_map>
#include <unordered_set>

#include "planner/rules.h"

namespace schemadiff {
namespace {

// Whether the action drops its own object; what makes it anew in one step both destroys and produces it.
bool Drops(const Action& action) {
  return !action.destroys.empty() && action.destroys.front() == action.object &&
         !std::ranges::contains(action.produces, action.object);
}

bool IsAnnounced(const Action& action, HazardKind kind) {
  return std::ranges::contains(action.step.hazards, kind, &Hazard::kind);
}

}  // namespace

void AnnounceGone(std::vector<Action>& actions, const Schema& desired, bool keeps_definitions) {
  std::unordered_map<ObjectId, int> made_in;  // The group of whatever makes it anew, and comes first.
  std::unordered_set<ObjectId> seen;
  for (Action& action : std::views::reverse(actions)) {
    for (const ObjectId id : action.produces) made_in[id] = action.step.group;
    if (!Drops(action) || !seen.insert(action.object).second) continue;
    const KindRules& rules = RulesFor(action.object.kind());
    if (!desired.Contains(action.object)) {
      if (rules.has_definition && !keeps_definitions && !IsAnnounced(action, HazardKind::kDataLoss)) {
        AddHazard(action, HazardKind::kDataLoss, "its definition stands in none of the schema files");
      }
      continue;
    }
    const auto made = made_in.find(action.object);
    if (rules.gap.empty() || made == made_in.end() || made->second == action.step.group) continue;
    AddHazard(action, rules.gap_hazard, std::string(rules.gap));
  }
}

void AnnounceLoss(Action& action, const std::string& what) {
  if (what.empty()) return;
  AddHazard(action, HazardKind::kDataLoss, what);
  AddHazard(action, HazardKind::kIrreversible, "only a backup brings it back");
}

}  // namespace schemadiff
