// The default of a column; an object of its own, so that it can wait for what it calls.
#pragma once

#include "model/values.h"

namespace schemadiff {

struct ColumnDefault {
  Expression expression;

  bool operator==(const ColumnDefault&) const = default;
  static constexpr auto Fields(auto visit) { return visit(Field{"expression", &ColumnDefault::expression}); }
};

}  // namespace schemadiff
