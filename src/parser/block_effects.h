// What a DO block may do to the schema that is not known without running it.
#pragma once

#include "parser/interpreter.h"
#include "parser/temporary.h"

namespace schemadiff {

/// Whether a DO block may change something that lasts: it holds such a statement, puts together one that may be, or is
/// in a language that is not read here. `temporary` is what the session has made so far.
bool MayChangeSchema(const Interpreter& interpreter, const Statement& block, TemporaryObjects temporary);

}  // namespace schemadiff
