// A CHECK constraint of a table.
#pragma once

#include "model/values.h"

namespace schemadiff {

struct Check {
  static constexpr NameSpace kNameSpaces[] = {NameSpace::kConstraint};

  Expression expression;  ///< Without the outer parentheses.
  bool no_inherit = false;
  bool valid = true;
  bool enforced = true;  ///< From version 18.

  bool operator==(const Check&) const = default;
  static constexpr auto Fields(auto visit) {
    return visit(Field{"expression", &Check::expression}, Field{"no_inherit", &Check::no_inherit},
                 Field{"valid", &Check::valid}, Field{"enforced", &Check::enforced});
  }
};

}  // namespace schemadiff
