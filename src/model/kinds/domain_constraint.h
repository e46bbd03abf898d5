// A CHECK constraint of a domain.
#pragma once

#include "model/values.h"

namespace schemadiff {

struct DomainConstraint {
  Expression expression;  ///< Without the outer parentheses; refers to VALUE.
  bool valid = true;

  bool operator==(const DomainConstraint&) const = default;
  static constexpr auto Fields(auto visit) {
    return visit(Field{"expression", &DomainConstraint::expression}, Field{"valid", &DomainConstraint::valid});
  }
};

}  // namespace schemadiff
