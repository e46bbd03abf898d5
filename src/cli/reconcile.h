// The ledger of a database held against the revisions of a folder, before anything of either is run.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "apply/ledger.h"
#include "revision/graph.h"
#include "support/diagnostic.h"

namespace schemadiff {

/// What a database has of the revisions in a folder.
struct Reconciled {
  std::vector<LedgerRevision> revisions;  ///< The ledger's, once `bookkeeping` has run.
  std::vector<std::string> bookkeeping;   ///< Statements that bring the ledger up to date; run nothing else.
  std::vector<std::string> notes;         ///< What they do, for who reads the plan.

  const LedgerRevision* Find(std::string_view id) const;
  /// Ids of those in any of the states.
  std::set<std::string> In(std::initializer_list<RevisionState> states) const;
};

struct ReconcileOptions {
  std::string database;         ///< For messages.
  std::string folder;           ///< Likewise.
  bool accept_changed = false;  ///< Takes files as they are that were changed after they had been applied.
};

/// Errors: kRefused, all that there are: a revision of the database that the folder does not hold, a file that was
/// changed afterwards, a squashed revision of which the database has a part.
Result<Reconciled> Reconcile(const Ledger& ledger, const RevisionGraph& graph, const ReconcileOptions& options,
                             const LedgerWriter& writer);

RecordedRevision Recorded(const Revision& revision);

}  // namespace schemadiff
