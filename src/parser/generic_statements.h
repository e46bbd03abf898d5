// Statements that are the same for every kind: ALTER TABLE's dispatch, DROP, RENAME, SET SCHEMA.
#pragma once

#include "parser/interpreter.h"

namespace schemadiff {

void RegisterGenericStatements(StatementRegistry& registry);

}  // namespace schemadiff
