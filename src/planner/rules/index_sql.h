// CREATE INDEX, which the rules of indexes and keys share.
#pragma once

#include <string>

#include "planner/rules.h"

namespace schemadiff {

/// `CREATE [UNIQUE] INDEX [CONCURRENTLY] name ON table ...`. `only` leaves out the partitions of a partitioned table.
std::string CreateIndexSql(ObjectId table, const std::string& name, const Index& index, bool concurrently,
                           bool only = false);

/// The names of an index that is built to take the place of another, and of that other until it goes.
std::string NewName(const std::string& name);
std::string OldName(const std::string& name);

/// What the table says of the index that takes the place of another, and that goes with the old one: that rows are
/// identified or ordered by it.
void RestoreMarks(Action& swap, ObjectId index, const PlanContext& context);

/// For the fields `options` and `tablespace` of what is an index or has one.
void SetIndexOptions(const Alteration& alteration, ActionList& actions);
void SetIndexTablespace(const Alteration& alteration, ActionList& actions);

}  // namespace schemadiff
