// CREATE INDEX, which the rules of indexes and keys share.
#pragma once

#include <string>

#include "model/object.h"

namespace schemadiff {

/// `CREATE [UNIQUE] INDEX [CONCURRENTLY] name ON table ...`. `only` leaves out the partitions of a partitioned table.
std::string CreateIndexSql(ObjectId table, const std::string& name, const Index& index, bool concurrently,
                           bool only = false);

}  // namespace schemadiff
