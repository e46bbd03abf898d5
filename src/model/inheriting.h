// What tables have from others, as a database holds it: copies of their own, marked as inherited.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "model/schema.h"

namespace schemadiff {

/// Gives all tables what they have from parents, partitioned tables and composite types, with PostgreSQL's names for
/// the parts of indexes.
void TakeFromParents(Schema& schema);

/// Makes an object of a table the copy of a parent's, which takes it along when it is dropped.
void MarkAsCopy(Object& copy, ObjectId original);

/// When a table gets what it has from a parent.
enum class Taking : std::uint8_t {
  kCreated,  ///< When it is created.
  kJoined,   ///< When it gets the parent: ATTACH PARTITION, INHERIT.
  kAdded,    ///< When the parent gets it.
};
struct Taken {
  ObjectId id;                  ///< What the table has then; null when that is not inherited.
  std::vector<ObjectId> added;  ///< It and its members, where they are new.
};
/// Names the part that a partition gets of a partitioned index or key.
using PartName = std::function<std::string(ObjectId partition, const Object& whole)>;
/// By PostgreSQL's rules, where relations have the names that they have in the schema; of the state before it, those of
/// what stays and of what is a parent's are taken, too. What it names has its name from then on.
PartName NamesIn(const Schema& schema, const Schema* before = nullptr);

/// Gives a table one member of one of its parents. What it has of that name, or as the part of that index, becomes
/// inherited.
Taken TakeFromParent(Schema& schema, ObjectId table, ObjectId theirs, Taking taking, const PartName& name);

}  // namespace schemadiff
