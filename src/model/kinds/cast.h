// A cast (manual: CREATE CAST). Its identity is the source type as name and the target type as argument.
#pragma once

#include "model/values.h"

namespace schemadiff {

struct Cast {
  static constexpr bool kOwnerless = true;
  static constexpr std::string_view kManageKey = "casts";

  enum class Method : std::uint8_t { kFunction, kInout, kBinary };
  enum class Context : std::uint8_t { kExplicit, kAssignment, kImplicit };

  Method method = Method::kFunction;
  std::string function;  ///< With its argument types: `app.to_text(app.box)`.
  Context context = Context::kExplicit;

  bool operator==(const Cast&) const = default;
  static constexpr auto Fields(auto visit) {
    return visit(Field{"method", &Cast::method}, Field{"function", &Cast::function}, Field{"context", &Cast::context});
  }
};

}  // namespace schemadiff
