// Revisions are replayed in memory before a database runs them: what cannot be, no later `revision` could rest on, and
// files that were applied are not to be changed any more.
#pragma once

#include <vector>

#include "apply/ledger_recorder.h"
#include "cli/reconcile.h"
#include "revision/graph.h"

namespace schemadiff {

/// Replays what a database has and then what it is to run; gives warnings about the latter. A revision that is half
/// done counts as one that it has. Errors: kBadInput for a file that cannot be replayed, unless what the database has
/// cannot be replayed already: then only a warning tells.
Result<Diagnostics> ReplayAhead(const RevisionGraph& graph, const Reconciled& there,
                                const std::vector<RunningRevision>& to_run, int server_version);

}  // namespace schemadiff
