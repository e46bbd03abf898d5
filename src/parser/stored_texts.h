// The expressions and queries that an object holds, with what the names in them may mean.
#pragma once

#include <functional>

#include "parser/query_scopes.h"

namespace schemadiff {

/// Calls visit(text, place) for each of them that is not empty.
void ForEachStoredText(Object& object, RelationColumns& relations,
                       const std::function<void(Expression& text, const TextPlace& place)>& visit);

}  // namespace schemadiff
