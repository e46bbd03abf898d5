// Which revisions a database has, as text and as JSON.
#pragma once

#include <string>
#include <vector>

#include "apply/ledger.h"
#include "revision/graph.h"

namespace schemadiff {

struct CurrentState {
  std::string database;
  Ledger ledger;
  const RevisionGraph& graph;  ///< Of the folder.
};

/// The applied revisions that no other applied one rests on, what is half done and what to do about it, and how many
/// are left to run.
std::string CurrentText(const CurrentState& state);

/// All revisions of the ledger, and the ids of those that are left to run.
std::string CurrentJson(const CurrentState& state);

}  // namespace schemadiff
