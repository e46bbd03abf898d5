#include "planner/plan.h"

#include <algorithm>
#include <array>

namespace schemadiff {
namespace {

constexpr auto kHazardNames = std::to_array<std::string_view>({
    "data-loss",
    "blocks-reads",
    "blocks-writes",
    "table-rewrite",
    "may-fail",
    "breaks-clients",
    "unprotected",
    "access-change",
    "irreversible",
    "opaque",
});

constexpr auto kLockNames = std::to_array<std::string_view>({
    "ACCESS SHARE",
    "ROW SHARE",
    "ROW EXCLUSIVE",
    "SHARE UPDATE EXCLUSIVE",
    "SHARE",
    "SHARE ROW EXCLUSIVE",
    "EXCLUSIVE",
    "ACCESS EXCLUSIVE",
});

constexpr auto kPhaseNames = std::to_array<std::string_view>({"expand", "backfill", "contract"});
constexpr auto kVerbNames = std::to_array<std::string_view>({"create", "alter", "rename", "replace", "drop", "run"});

}  // namespace

std::string_view Name(LockMode mode) { return kLockNames[static_cast<std::size_t>(mode)]; }
std::string_view Name(HazardKind kind) { return kHazardNames[static_cast<std::size_t>(kind)]; }
std::string_view Name(Phase phase) { return kPhaseNames[static_cast<std::size_t>(phase)]; }
std::string_view Name(Verb verb) { return kVerbNames[static_cast<std::size_t>(verb)]; }

std::optional<HazardKind> ParseHazard(std::string_view name) {
  const auto found = std::ranges::find(kHazardNames, name);
  if (found == kHazardNames.end()) return std::nullopt;
  return static_cast<HazardKind>(found - kHazardNames.begin());
}

}  // namespace schemadiff
