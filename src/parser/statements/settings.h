// SET within ALTER FUNCTION, ALTER ROLE and ALTER DATABASE: what the catalogs keep of it.
#pragma once

#include "parser/interpreter.h"

namespace schemadiff {

/// Applies a VariableSetStmt to settings as pg_proc.proconfig and pg_db_role_setting have them; `offset` is its place.
void ApplySetting(Interpreter& in, const Statement& statement, Node set, std::int64_t offset, Options& settings);

}  // namespace schemadiff
