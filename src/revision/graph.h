// RevisionGraph: revisions in their order, and what of it `head`, `+2` or the beginning of an id names.
//
// A squashed revision stands for those that it replaces: whoever names one of them, as a parent, on the command line or
// in a ledger, means it. No walk recurses, and none is longer than the history.
#pragma once

#include <set>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "revision/revision.h"
#include "support/diagnostic.h"

namespace schemadiff {

class RevisionGraph {
 public:
  using List = std::vector<const Revision*>;

  RevisionGraph() = default;
  RevisionGraph(RevisionGraph&&) = default;
  RevisionGraph& operator=(RevisionGraph&&) = default;

  /// Errors: kBadInput, all that there are, sorted by file: an id that two files have, or that a squashed revision
  /// replaces and a file still has, a parent that is not there, a circle.
  static Result<RevisionGraph> Of(std::vector<Revision> revisions);

  /// Parents before their children; where that leaves a choice, by id.
  const std::vector<Revision>& revisions() const { return revisions_; }
  bool empty() const { return revisions_.empty(); }
  /// By its whole id, or that of one that it replaces; null when there is none.
  const Revision* Find(std::string_view id) const;
  /// By its id or the beginning of it, also of one that it replaces; `head` and `ID@head` are the only head, of all and
  /// above ID. Errors: kUsage when there is none or more than one, naming them.
  Result<const Revision*> Named(std::string_view text) const;

  List Heads() const;
  List Bases() const;
  /// Those with more than one child.
  List BranchPoints() const;
  List Children(const Revision& revision) const;
  List Parents(const Revision& revision) const;
  /// Those revisions and all that they rest on, in order.
  List Ancestry(std::span<const Revision* const> of) const;
  /// All that rest on a revision, without itself, in order.
  List Descendants(const Revision& revision) const;

 private:
  using Numbers = std::vector<std::size_t>;

  void TakeIds(std::vector<Revision>& revisions, Diagnostics& errors);
  std::vector<Numbers> FindParents(Diagnostics& errors) const;
  void PutInOrder(const std::vector<Numbers>& parents, Diagnostics& errors);
  void ReportCircles(const std::vector<Numbers>& parents, const std::vector<bool>& placed, Diagnostics& errors) const;
  std::size_t NumberOf(const Revision& revision) const;
  List Those(const Numbers& numbers) const;

  std::vector<Revision> revisions_;
  std::unordered_map<std::string_view, std::size_t> numbers_;  ///< By id, those of replaced ones too.
  std::vector<Numbers> parents_;                               ///< By number; each has smaller ones.
  std::vector<Numbers> children_;
};

/// Which of `applied` no file has: what another branch or a newer checkout applied.
std::vector<std::string> UnknownIds(const RevisionGraph& graph, const std::set<std::string>& applied);

/// Which revisions are applied, in order. A squashed one is when it is itself, or when all are that it replaces.
/// Errors: kFailed for one of which only a part is.
Result<RevisionGraph::List> AppliedRevisions(const RevisionGraph& graph, const std::set<std::string>& applied);

/// What `upgrade TARGET` runs, in order: `head` (the only one), `heads`, an id or the beginning of one, `ID@head` (the
/// one head above it), `+N`. `applied` are ids; those that no file has count for nothing. Errors: kUsage for what names
/// no revision or more than one, also for an empty graph; as AppliedRevisions.
Result<RevisionGraph::List> UpgradePath(const RevisionGraph& graph, std::string_view target,
                                        const std::set<std::string>& applied);

/// What `downgrade TARGET` takes back, in the order in which it does: `base` (everything), an id (all that rest on it),
/// `-N`. Never one that another applied one rests on. Errors: kUsage; kFailed when ids are applied that no file has,
/// since they may rest on any; as AppliedRevisions.
Result<RevisionGraph::List> DowngradePath(const RevisionGraph& graph, std::string_view target,
                                          const std::set<std::string>& applied);

/// What `A:B` names, in order: what B is or rests on, and of that what A is or what rests on A. Without A from the
/// beginning (also `base`), without B up to all heads (also `heads`). Errors: kUsage.
Result<RevisionGraph::List> RevisionRange(const RevisionGraph& graph, std::string_view range);

}  // namespace schemadiff
