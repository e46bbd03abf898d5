// The statements of a revision file as the steps of a Plan, and the steps as the text of a file.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "planner/plan.h"
#include "revision/revision.h"
#include "support/diagnostic.h"

namespace schemadiff {

/// The text of a revision's file for the steps that a plan has: header, settings, and each step under a comment. With
/// `down`, of its way back.
std::string ScriptText(const Revision& revision, const Plan& plan, bool down);

/// What of a file is run.
struct Script {
  std::vector<std::string> session;  ///< SET statements that stand before everything else, for the whole session.
  std::vector<Step> steps;           ///< Groups number from 1. What stands under no comment of a step is one, too.
};

/// Reads the steps of a revision's file: what is between BEGIN and COMMIT is a transaction, what stands outside runs
/// alone, comments tell phase, locks and hazards. `Step::source` is `file:line`. Errors: kBadInput for what is no SQL,
/// commands of psql, a transaction that is not ended, ROLLBACK.
Result<Script> ReadScript(const std::shared_ptr<const SourceFile>& file);

}  // namespace schemadiff
