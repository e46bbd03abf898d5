// The connected database: its owner, privileges and comment can be declared, itself it cannot.
#pragma once

#include "model/values.h"

namespace schemadiff {

struct Database {
  static constexpr bool kNeverDropped = true;

  bool operator==(const Database&) const = default;
  static constexpr auto Fields(auto visit) { return visit(); }
};

}  // namespace schemadiff
