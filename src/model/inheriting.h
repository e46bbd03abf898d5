// What tables have from others, as a database holds it: copies of their own, marked as inherited.
#pragma once

#include "model/schema.h"

namespace schemadiff {

/// Gives all tables what they have from parents, partitioned tables and composite types, with PostgreSQL's names for
/// the parts of indexes.
void TakeFromParents(Schema& schema);

/// The same for one table and those that it has it from.
void TakeFromParents(Schema& schema, ObjectId table);

}  // namespace schemadiff
