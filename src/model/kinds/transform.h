// A transform (manual: CREATE TRANSFORM). Its identity is the type as name and the language as argument.
#pragma once

#include "model/values.h"

namespace schemadiff {

struct Transform {
  static constexpr bool kOwnerless = true;
  std::string from_sql;  ///< Functions with their argument types: `app.to_perl(internal)`; empty for none.
  std::string to_sql;

  bool operator==(const Transform&) const = default;
  static constexpr auto Fields(auto visit) {
    return visit(Field{"from_sql", &Transform::from_sql}, Field{"to_sql", &Transform::to_sql});
  }
};

}  // namespace schemadiff
