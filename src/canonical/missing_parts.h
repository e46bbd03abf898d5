// Parts of partitioned indexes and keys: which partitions lack theirs, since the whole is new, was made ON ONLY its
// table or a build was broken off; and which go by other names than the files give them.
#pragma once

#include "model/schema.h"

namespace schemadiff {

/// Adds to `desired` the parts that partitions lack of an index or key that is whole there: what fits and is not
/// declared is attached, anything else is new. Such an index is invalid until it has all (manual: CREATE INDEX, ALTER
/// INDEX), and foreign keys to it wait for them. One that is new on a table with partitions comes after its parts,
/// which can be built without blocking writers, and which it takes (manual: CREATE INDEX, "Notes").
void RequireMissingParts(const Schema& live, Schema& desired);

/// Annotates parts that the files declare where the partition has another: a partition has one part of an index, which
/// cannot leave it, and gets the declared name.
void AskToRenameParts(const Schema& live, Schema& desired);

}  // namespace schemadiff
