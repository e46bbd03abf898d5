// Merging heads of a history: allowed where it does not matter in which order they run.
#pragma once

#include "cli/pipeline.h"
#include "revision/graph.h"

namespace schemadiff {

/// Replays the revisions below the heads, each branch after the others and the other way round. Errors: kFailed, a
/// message for each object that is not the same then, with the lines of both branches that speak of it; and whatever
/// fails in one of the orders.
Result<void> CheckMerge(const RevisionGraph& graph, const RevisionGraph::List& heads, int version,
                        const PipelineOptions& options);

}  // namespace schemadiff
