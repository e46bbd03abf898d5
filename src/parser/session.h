// Session statements: SET search_path and the preamble of a dump. They change what follows them in their file.
#pragma once

#include <vector>

#include "parser/interpreter.h"

namespace schemadiff {

/// Appends the file's statements to `statements`, each with the search_path in force at its place, without those that
/// only set up a session. Statements that this tool can never run as part of a declared schema (DO, data changes,
/// transaction control that is no more than BEGIN and COMMIT) are reported, but for a file of a history, where they
/// belong, as do temporary tables and what is done with them. Gives the paths that were set.
std::vector<SearchPath> ExpandSession(ParsedFile& file, bool is_history, std::vector<Statement>& statements,
                                      Interpreter& interpreter);

/// Whether statements of that type change rows or run something, and declare nothing: `UpdateStmt`, `DoStmt`.
bool IsRunForItself(std::string_view type);

}  // namespace schemadiff
