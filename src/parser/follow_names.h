// What renaming does to texts that were stored before: PostgreSQL keeps numbers in them, and prints the new names.
#pragma once

#include <string>

#include "parser/interpreter.h"

namespace schemadiff {

/// Gives expressions and queries that name a column of a relation its new name, before it gets it; what queries call
/// it on the outside stays.
void FollowColumn(Interpreter& in, ObjectId relation, const std::string& from, const std::string& to);

/// Before a column is dropped: with CASCADE, what reads or writes it in a query goes. What only has a column of that
/// name in a query of its own needs it no more, and lists of names in FROM lose its name.
void ForgetReaders(Interpreter& in, ObjectId column, bool cascade);

/// Gives expressions and queries that name a relation its new name and schema, before it gets them.
void FollowRelation(Interpreter& in, ObjectId from, ObjectId to);

/// The same for a routine or aggregate; a call that may mean another of its old name as well is left alone.
void FollowRoutine(Interpreter& in, ObjectId from, ObjectId to);

/// Before a relation gets a column of a name: what is over it keeps meaning what it does. `*` and NATURAL stand for the
/// columns that there are now, and names that the new column would take are qualified.
void SettleNames(Interpreter& in, ObjectId relation, const std::string& column);

}  // namespace schemadiff
