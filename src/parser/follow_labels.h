// What renaming a label of an enum does to texts that name it.
#pragma once

#include <string>

#include "parser/interpreter.h"

namespace schemadiff {

/// Gives expressions and queries that name the label its new name: strings that are cast to the type, or are of it for
/// what they are compared with, written to or passed to.
void FollowLabelInTexts(Interpreter& in, ObjectId type, const std::string& from, const std::string& to);

}  // namespace schemadiff
