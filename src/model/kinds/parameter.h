// A configuration parameter on which privileges are granted (manual: GRANT; from version 15). Itself it cannot be
// declared.
#pragma once

#include "model/values.h"

namespace schemadiff {

struct Parameter {
  static constexpr bool kOwnerless = true;
  static constexpr bool kNeverDropped = true;

  bool operator==(const Parameter&) const = default;
  static constexpr auto Fields(auto visit) { return visit(); }
};

}  // namespace schemadiff
