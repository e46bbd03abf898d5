// Indexes of partitioned tables: each partition has a part of such an index, an index or key of its own that is
// attached to it (manual: CREATE INDEX, "Notes").
#pragma once

#include <functional>
#include <string>

#include "model/schema.h"

namespace schemadiff {

inline bool IsIndexOrKey(const Object& object) { return object.If<Index>() != nullptr || object.If<Key>() != nullptr; }

/// The partitioned index or key of which an index or key is a part; a null id when it is none.
ObjectId WholeOf(const Object& part);
/// The part of a partitioned index or key that a table has; null when it has none.
const Object* PartOn(const Schema& schema, ObjectId table, ObjectId whole);
/// Makes an index or key a part, or with a null id none.
void SetWhole(Object& part, ObjectId whole);
/// Whether PostgreSQL takes an index or key for the part of a partitioned one instead of making a part: the same keys,
/// and a constraint's only for a constraint of its kind (src/backend/catalog/index.c, CompareIndexInfo).
bool CanBePart(const Object& part, const Object& whole);
/// The name that PostgreSQL gives the part that a table gets of an index or key where `is_taken` says of none that it
/// is.
std::string PartNameOn(
    const std::string& table, const Object& whole,
    const std::function<bool(const std::string&)>& is_taken = [](const std::string&) { return false; });
/// Whether a part is, with its name, what PostgreSQL makes for a partition that has none. Of an index on expressions,
/// whose name takes more than its text to make, false.
bool IsAsMade(const Object& part, const Object& whole);

}  // namespace schemadiff
