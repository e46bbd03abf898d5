#include "cli/allow.h"

#include <fmt/format.h>

#include <array>
#include <vector>

#include "support/suggest.h"

namespace schemadiff {
namespace {

constexpr auto kHazards = std::to_array<HazardKind>(
    {HazardKind::kDataLoss, HazardKind::kBlocksReads, HazardKind::kBlocksWrites, HazardKind::kTableRewrite,
     HazardKind::kMayFail, HazardKind::kBreaksClients, HazardKind::kUnprotected, HazardKind::kAccessChange,
     HazardKind::kIrreversible, HazardKind::kOpaque});

}  // namespace

std::span<const HazardKind> AllHazards() { return kHazards; }

Result<void> AddAllowed(std::string_view name, std::set<HazardKind>& allowed) {
  if (name == "all") {
    allowed.insert(kHazards.begin(), kHazards.end());
    return {};
  }
  if (const std::optional<HazardKind> kind = ParseHazard(name)) {
    allowed.insert(*kind);
    return {};
  }
  std::vector<std::string_view> known{"all"};
  for (const HazardKind kind : kHazards) known.push_back(Name(kind));
  std::string hint = DidYouMean(name, known);
  if (hint.empty()) hint = fmt::format("hazards are {}", fmt::join(known, ", "));
  return Error(ErrorCode::kUsage, fmt::format("there is no hazard `{}`", name), std::move(hint));
}

Result<void> AddAllowedList(std::string_view list, std::set<HazardKind>& allowed) {
  while (true) {
    const std::size_t comma = list.find(',');
    if (Result<void> added = AddAllowed(list.substr(0, comma), allowed); !added) return added;
    if (comma == std::string_view::npos) return {};
    list.remove_prefix(comma + 1);
  }
}

Result<void> CheckAllowances(const Schema& desired) {
  Diagnostics errors;
  for (const Object* object : desired.Where([](const Object& each) { return each.annotations != nullptr; })) {
    for (const Annotations::Allowance& allowance : object->annotations->allow) {
      Diagnostic problem{.code = ErrorCode::kBadInput, .location = object->source};
      std::set<HazardKind> kinds;
      if (const Result<void> known = AddAllowed(allowance.hazard, kinds); !known || allowance.hazard == "all") {
        problem.message = fmt::format("`schemadiff:allow` names `{}`, which is no hazard", allowance.hazard);
        problem.hint = known ? "name the hazard" : known.error().items().front().hint;
      } else if (allowance.reason.empty()) {
        problem.message = fmt::format("`schemadiff:allow {}` gives no reason", allowance.hazard);
        problem.hint = "write behind it why this may be done";
      } else {
        continue;
      }
      errors.Add(std::move(problem));
    }
  }
  if (errors.empty()) return {};
  errors.Sort();
  return std::unexpected(errors);
}

}  // namespace schemadiff
