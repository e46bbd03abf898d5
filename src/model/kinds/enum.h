// An enumerated type (manual: CREATE TYPE ... AS ENUM).
#pragma once

#include "model/values.h"

namespace schemadiff {

struct Enum {
  std::vector<std::string> labels;  ///< In their order.

  bool operator==(const Enum&) const = default;
  static constexpr auto Fields() {
    return std::tuple{Field{"labels", &Enum::labels}};
  }
};

}  // namespace schemadiff
