// One revision in place of many.
#pragma once

#include "cli/make_revision.h"

namespace schemadiff {

struct Squashed {
  RevisionTexts texts;
  std::vector<std::string> data;  ///< `file:line` of the statements that change rows or run something, which are kept.
};

/// The revision that leads from nothing to where `history` does, in whose place it comes: what changes rows stays in
/// its order, between the changes of the schema that stand before and after it; the others are planned anew. Errors:
/// kBadInput.
Result<Squashed> SquashRevisions(Revision revision, const RevisionGraph::List& history, int version,
                                 const PipelineOptions& options);

}  // namespace schemadiff
