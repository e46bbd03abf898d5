// The objects that a GRANT or REVOKE speaks of.
#pragma once

#include <optional>
#include <vector>

#include "parser/interpreter.h"

namespace schemadiff {

struct GrantTarget {
  ObjectId id;
  std::vector<Edge> edges;  ///< What has to be there first, where the object is not declared itself.
};

/// Nothing while one of them does not exist.
std::optional<std::vector<GrantTarget>> GrantTargets(Interpreter& in, const Statement& statement);

}  // namespace schemadiff
