// What CREATE INDEX, ADD CONSTRAINT and ATTACH PARTITION make of indexes that partitions have already.
#pragma once

#include "parser/interpreter.h"

namespace schemadiff {

/// An index or key becomes the part of a partitioned one, which is created after it.
void AttachPart(Interpreter& in, ObjectId part, ObjectId whole);
/// A partition's index or key that fits becomes the part of a partitioned one, if that has none there.
void TakePart(Interpreter& in, ObjectId partition, ObjectId whole);
/// A new index or key of a partitioned table takes over those of its partitions that can be its parts.
void TakeParts(Interpreter& in, ObjectId whole);
/// The same for all of a partitioned table, of a new partition.
void TakePartsOf(Interpreter& in, ObjectId partition, ObjectId parent);
/// A table that is detached keeps its indexes, which stand alone then.
void DetachParts(Interpreter& in, ObjectId table);

/// The name that PostgreSQL gives an index or key of a table that is like another's: the part of a partitioned one, a
/// copy by LIKE.
std::string NameOfPart(Interpreter& in, ObjectId table, const Object& whole);

}  // namespace schemadiff
