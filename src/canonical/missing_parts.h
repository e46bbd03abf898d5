// Partitioned indexes and keys that lack parts: made ON ONLY their table, or left so by a build that was broken off.
#pragma once

#include "model/schema.h"

namespace schemadiff {

/// Adds to `desired` the parts that partitions lack of an index or key that is whole there: what fits and is not
/// declared is attached, anything else is new. Such an index is invalid until it has all (manual: CREATE INDEX, ALTER
/// INDEX).
void RequireMissingParts(const Schema& live, Schema& desired);

}  // namespace schemadiff
