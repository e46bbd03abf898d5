// Revisions as the steps of a plan: those that a database is to take, or to give back.
#pragma once

#include <string>
#include <vector>

#include "apply/ledger_recorder.h"
#include "cli/reconcile.h"
#include "planner/plan.h"
#include "revision/graph.h"

namespace schemadiff {

struct RevisionPlan {
  Plan plan;
  std::vector<RunningRevision> revisions;  ///< Those whose steps the plan holds, in order.
};

/// The rest of the way to `target`: of a revision that is half done, what is left of it. The plan has no database yet.
/// Errors: kUsage for the target, kBadInput for the files, kRefused where something is half taken back.
Result<RevisionPlan> PlanUpgrade(const RevisionGraph& graph, const Reconciled& there, const std::string& target);

/// The same the other way round. Errors: kRefused as well for a revision without a way back.
Result<RevisionPlan> PlanDowngrade(const RevisionGraph& graph, const Reconciled& there, const std::string& target);

}  // namespace schemadiff
