// The ledger made, or brought to the layout that this schemadiff knows, by a plan of its own.
#pragma once

#include "apply/ledger.h"
#include "cli/console.h"
#include "cli/session.h"

namespace schemadiff {

/// The plan from the ledger that the database has to the one that it should have. Reads only. Errors: as MakePlan.
Result<Plan> PlanLedger(Connection& connection);

/// Makes the ledger where `ledger` is not of this layout; nothing otherwise. Call it under the apply lock. `command` is
/// what to run again when that fails. Errors: as ExecutePlan.
Result<void> EnsureLedger(Session& session, const Ledger& ledger, std::string command);

}  // namespace schemadiff
