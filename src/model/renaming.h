// What follows in a schema when something gets another name: PostgreSQL keeps numbers where texts have names.
#pragma once

#include <string>
#include <vector>

#include "model/schema.h"

namespace schemadiff {

/// Gives an object another name or schema: with all that is in it, if it is a schema, and with the texts that name it
/// with its schema (types, expressions, the arguments of routines, names in strings that are cast to regclass). What a
/// text calls it without a schema stays as it is.
void RenameWithMentions(Schema& schema, ObjectId from, ObjectId to);
/// The identity that an object has after that.
ObjectId RenamedWith(ObjectId id, ObjectId from, ObjectId to);

/// Gives lists of columns and expressions that speak of a column its new name. `columns` are it and what other tables
/// have of it, renamed already, and `from` is what they were called.
void FollowColumnName(Schema& schema, const std::vector<ObjectId>& columns, const std::string& from);

/// The same for the lists alone, and one column.
void FollowColumnInLists(Schema& schema, ObjectId column, const std::string& from);

/// Gives expressions that name a label of an enum, as the server prints them, its new name.
void FollowLabel(Schema& schema, ObjectId type, const std::string& from, const std::string& to);

}  // namespace schemadiff
