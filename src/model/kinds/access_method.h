// An access method (manual: CREATE ACCESS METHOD).
#pragma once

#include "model/values.h"

namespace schemadiff {

struct AccessMethod {
  static constexpr bool kOwnerless = true;
  enum class Type : std::uint8_t { kIndex, kTable };

  Type type = Type::kIndex;
  std::string handler;  ///< A function, qualified and quoted.

  bool operator==(const AccessMethod&) const = default;
  static constexpr auto Fields(auto visit) {
    return visit(Field{"type", &AccessMethod::type}, Field{"handler", &AccessMethod::handler});
  }
};

}  // namespace schemadiff
