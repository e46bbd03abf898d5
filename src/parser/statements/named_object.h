// The object that COMMENT ON and SECURITY LABEL ON name.
#pragma once

#include <string_view>

#include "parser/interpreter.h"

namespace schemadiff {

struct NamedObject {
  ObjectId id;                       ///< Null when there is none, or it is not managed; then:
  Outcome outcome = Outcome::kDone;  ///< Whether the statement waits for it.
};

/// `what` is what messages call that which would be on it: `comments`.
NamedObject FindNamedObject(Interpreter& in, const Statement& statement, std::string_view what);

}  // namespace schemadiff
