// A saved plan against the database as it is now.
#pragma once

#include <optional>

#include "planner/plan.h"
#include "support/diagnostic.h"

namespace schemadiff {

/// The refusal (kRefused) of a plan whose database has moved on. `now` is what would be planned today, when that could
/// be found out: the message tells what of the saved plan is no longer needed, and what is needed besides.
Diagnostic StalePlan(const Plan& saved, const std::optional<Plan>& now);

/// The part of a plan up to the end of `until`: all groups before the first that holds a step of a later phase. Nothing
/// is left out from among steps that run, since a later step may rest on an earlier one.
Plan CutAfterPhase(const Plan& plan, Phase until);

}  // namespace schemadiff
