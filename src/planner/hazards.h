// Hazards that follow from a plan as a whole and not from one rule, and what several rules say of a loss.
#pragma once

#include <string>
#include <vector>

#include "planner/action.h"

namespace schemadiff {

/// Announces of the ordered, grouped actions: `unprotected` or `breaks-clients`, where something is dropped in one
/// transaction and made anew in a later one; `data-loss`, where something goes whose definition stands in none of the
/// schema files.
void AnnounceGone(std::vector<Action>& actions, const Schema& desired, bool keeps_definitions);

/// Announces that a conversion keeps less than there was; nothing where `what` is empty.
void AnnounceLoss(Action& action, const std::string& what);

}  // namespace schemadiff
