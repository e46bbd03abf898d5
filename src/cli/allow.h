// Hazards that are accepted, as words: `allow = [...]` and --allow.
#pragma once

#include <set>
#include <span>
#include <string_view>

#include "model/schema.h"
#include "planner/plan.h"
#include "support/diagnostic.h"

namespace schemadiff {

/// Every hazard of the product, in the order of the documentation.
std::span<const HazardKind> AllHazards();

/// Adds the hazard that is named, or every one for `all`. Errors: kUsage, with a suggestion.
Result<void> AddAllowed(std::string_view name, std::set<HazardKind>& allowed);
/// As AddAllowed, for words separated by commas.
Result<void> AddAllowedList(std::string_view list, std::set<HazardKind>& allowed);

/// Whether every `schemadiff:allow` of a desired schema names a hazard and gives a reason. Errors: kBadInput.
Result<void> CheckAllowances(const Schema& desired);

}  // namespace schemadiff
