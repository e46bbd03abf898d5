// Spelling without a server: what the syntax and the files' own columns tell. PostgreSQL itself knows more, and so what
// was judged is told.
#pragma once

#include <vector>

#include "model/schema.h"

namespace schemadiff {

/// What a server could have judged otherwise; sorted.
struct TreeVerdicts {
  std::vector<ObjectId> same;       ///< Spelled in two ways that were taken for one.
  std::vector<ObjectId> different;  ///< Spelled in two ways that may mean the same.
};

/// For two states from files, after AdoptKnownForms: where the trees of two expressions differ by no more than what
/// PostgreSQL adds when it stores them, the desired one takes the live spelling. A view that selects `*` says which
/// columns that stands for, and all views that differ say what they return.
TreeVerdicts AdoptTreeForms(Schema& live, Schema& desired);

}  // namespace schemadiff
