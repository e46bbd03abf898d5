// What PostgreSQL calls an expression that has no name: a column of a view, a key of an index.
#pragma once

#include <string>

#include "parser/syntax.h"

namespace schemadiff {

/// src/backend/parser/parse_target.c, FigureColnameInternal(); empty when it finds none.
std::string NameOfExpression(Node expression);

}  // namespace schemadiff
