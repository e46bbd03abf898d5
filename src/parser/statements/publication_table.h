// The tables that statements about publications name.
#pragma once

#include "parser/interpreter.h"

namespace schemadiff {

/// Whether all tables of the statement exist; Interpreter::Waiting has been called otherwise.
bool TablesExist(Interpreter& in, const Statement& statement);
/// Adds the statement's tables to a publication.
void AddTables(Interpreter& in, const Statement& statement, ObjectId publication);
/// Takes them out of it.
void DropTables(Interpreter& in, const Statement& statement, ObjectId publication);
/// Takes all tables out of it.
void DropAllTables(Interpreter& in, ObjectId publication);

}  // namespace schemadiff
