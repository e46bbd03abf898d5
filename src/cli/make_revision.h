// Making a revision: the plan from where the revisions lead to the desired schema, and the way back, as two files.
#pragma once

#include <string>

#include "cli/pipeline.h"
#include "revision/graph.h"
#include "revision/revision.h"
#include "support/file_tree.h"

namespace schemadiff {

/// The files of revisions, to be run in their order.
std::unique_ptr<FileTree> HistoryOf(const RevisionGraph::List& revisions);

/// The texts of a revision's files; `down` is empty where no way back could be planned, `up` where nothing is to be
/// done.
struct RevisionTexts {
  Revision revision;
  std::string up;
  std::string down;
  std::size_t steps = 0;
  Diagnostics warnings;
};

/// Plans from where `history` leads to `desired`, and replays what it wrote: when that does not lead there, the
/// warnings name what is amiss. `revision` brings id, parents and message. Errors: kBadInput.
Result<RevisionTexts> MakeRevision(Revision revision, const RevisionGraph::List& history,
                                   const std::vector<std::string>& desired, int version,
                                   const PipelineOptions& options);

/// The same from what a database holds to the desired schema, or with `baseline` from nothing to what it holds;
/// `history` is what it comes to rest on.
Result<RevisionTexts> MakeRevisionFromDatabase(Revision revision, const RevisionGraph::List& history,
                                               Connection& connection, bool baseline, const PipelineOptions& options);

/// What is written beside the files of another tool runs before those that it repeats. Errors: kRefused where that does
/// not lead where it does behind them, as it changes what they make.
Result<void> CheckBeforeRepeatables(const RevisionGraph::List& history, const std::string& up, int version,
                                    const PipelineOptions& options);

/// A revision whose statements are still to be written.
RevisionTexts EmptyRevision(Revision revision);

/// Says in both plans what the second does not bring back of what the first takes away.
void AnnounceLosses(Plan& up, Plan& down);

}  // namespace schemadiff
