// The subcommands of ALTER TYPE for composite types; the syntax tree has them as those of ALTER TABLE.
#pragma once

#include "parser/interpreter.h"

namespace schemadiff {

/// ADD, DROP and ALTER ATTRIBUTE: `command` is the AlterTableCmd.
Outcome AlterCompositeType(Interpreter& in, const Statement& statement, ObjectId type, Node command);

/// RENAME ATTRIBUTE: a RenameStmt.
Outcome RenameCompositeAttribute(Interpreter& in, const Statement& statement);

}  // namespace schemadiff
