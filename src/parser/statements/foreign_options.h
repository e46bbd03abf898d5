// OPTIONS (...) of foreign-data objects.
#pragma once

#include "parser/interpreter.h"

namespace schemadiff {

/// Applies a list of ADD, SET and DROP; without a word it is ADD. An option that is added twice, or set or dropped and
/// not there, is reported.
void ApplyForeignOptions(Interpreter& in, const Statement& statement, Node elements, Options& options);

}  // namespace schemadiff
