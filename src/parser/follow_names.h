// What renaming does to queries that were stored before: PostgreSQL keeps numbers in them, and prints the new names.
#pragma once

#include <string>

#include "parser/interpreter.h"

namespace schemadiff {

/// Gives the queries of views that read a column its new name; what they call it on the outside stays. `table` has the
/// column by the new name already.
void FollowColumnInQueries(Interpreter& in, ObjectId table, const std::string& from, const std::string& to);

/// The views whose queries read a column of a table.
std::vector<ObjectId> ViewsThatRead(Interpreter& in, ObjectId table, const std::string& column);

/// Gives the queries of views that read a relation its new name and schema; it still has the old ones.
void FollowRelationInQueries(Interpreter& in, ObjectId from, ObjectId to);

}  // namespace schemadiff
