// What `history`, `heads`, `branches` and `show` print of a RevisionGraph. Pure functions; text that comes from files
// is made harmless for terminals.
#pragma once

#include <string>

#include "revision/graph.h"

namespace schemadiff {

/// A line for each of `listed`, the last first: id, message, `<- PARENT...` where it does not simply rest on the one in
/// the next line, and (head), (merge), (branch point), (base), (squash of N).
std::string HistoryText(const RevisionGraph& graph, const RevisionGraph::List& listed);

/// The same lines for the heads, with all their parents left out.
std::string HeadsText(const RevisionGraph& graph);

/// The line of each revision on which more than one rests, the last first, and under it those of its children.
std::string BranchesText(const RevisionGraph& graph);

/// What is known of a revision apart from its SQL: a fact per line, those that are not known left out.
std::string RevisionFacts(const RevisionGraph& graph, const Revision& revision);

/// The text of its file and, where it is another, of its way back, each under a blank line. Of another tool's file that
/// has both, each is what is left of it.
std::string RevisionSql(const Revision& revision);

/// A file's text with `*` in place of passwords and option values: what is written by hand may hold some.
std::string WithoutSecrets(const SourceFile& file);

/// `{"format": "schemadiff-revisions", "version": 1, "revisions": [...]}`, the last first, each with its facts,
/// parents, children and whether it is a head, merge, branch point or base.
std::string RevisionsJson(const RevisionGraph& graph, const RevisionGraph::List& listed);

/// The same object for one revision, with the text of its files as `sql` and `down_sql` (null where there is none).
std::string RevisionJson(const RevisionGraph& graph, const Revision& revision);

}  // namespace schemadiff
