// What goes with an object that is dropped (manual: "Dependency Tracking").
#pragma once

#include "parser/interpreter.h"

namespace schemadiff {

/// Removes an object with its members and what PostgreSQL drops with it without being asked: sequences that its columns
/// own, its partitions, what they have of an index, extended statistics on it. With `cascade`, all that depends on any
/// of it goes, too.
void DropObject(Interpreter& in, ObjectId id, bool cascade);

}  // namespace schemadiff
