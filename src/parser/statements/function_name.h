// Functions that statements name without their arguments, which are known: of triggers, wrappers.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "parser/interpreter.h"

namespace schemadiff {

/// The function, qualified and quoted, with an edge to it; nothing, and Interpreter::Waiting, while it does not exist.
/// `arguments` are those of a declared one; `what` is what messages call it.
std::optional<std::string> ResolveFunctionName(Interpreter& in, const Statement& statement,
                                               const std::vector<std::string>& parts, std::string_view arguments,
                                               std::string_view what, std::vector<Edge>& edges);

}  // namespace schemadiff
