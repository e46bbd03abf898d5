// RevisionGraph: revisions in their order, and what of it `head`, `+2` or the beginning of an id names.
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

  /// Errors: kBadInput, all that there are: an id that two files have, a parent that is not there, a circle.
  static Result<RevisionGraph> Of(std::vector<Revision> revisions);

  /// Parents before their children; where that leaves a choice, by id.
  const std::vector<Revision>& revisions() const { return revisions_; }
  bool empty() const { return revisions_.empty(); }
  /// By its whole id; null when there is none.
  const Revision* Find(std::string_view id) const;
  /// By its id or the beginning of it. Errors: kUsage when there is none or more than one, naming them.
  Result<const Revision*> Named(std::string_view text) const;

  List Heads() const;
  List Bases() const;
  List Children(const Revision& revision) const;
  List Parents(const Revision& revision) const;
  /// Those revisions and all that they rest on, in order.
  List Ancestry(std::span<const Revision* const> of) const;
  /// All that rest on a revision, without itself, in order.
  List Descendants(const Revision& revision) const;

 private:
  std::vector<Revision> revisions_;
  std::unordered_map<std::string_view, std::size_t> numbers_;  ///< By id.
  std::vector<std::vector<std::size_t>> children_;             ///< By number.
};

/// What `upgrade TARGET` runs, in order: `head` (the only one), `heads`, an id or the beginning of one, `ID@head` (the
/// one head above it), `+N`. `applied` are ids. Errors: kUsage for what names no revision or more than one.
Result<RevisionGraph::List> UpgradePath(const RevisionGraph& graph, std::string_view target,
                                        const std::set<std::string>& applied);

/// What `downgrade TARGET` takes back, in the order in which it does: `base` (everything), an id (all that rest on it),
/// `-N`. Errors: kUsage.
Result<RevisionGraph::List> DowngradePath(const RevisionGraph& graph, std::string_view target,
                                          const std::set<std::string>& applied);

}  // namespace schemadiff
