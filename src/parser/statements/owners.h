// Owners, which several statements set.
#pragma once

#include "parser/interpreter.h"

namespace schemadiff {

/// Makes an object a role's own; `creates` where the role makes it.
void SetOwner(Interpreter& in, const Statement& statement, ObjectId object, const std::string& role,
              bool creates = false);

/// Reports, and gives true, when a database that a statement names is not the connected one.
bool IsElsewhere(Interpreter& in, const Statement& statement, std::string_view database);

}  // namespace schemadiff
