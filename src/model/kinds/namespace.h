// A schema (manual: CREATE SCHEMA). Named as in pg_namespace: Schema is the whole model here.
#pragma once

#include "model/values.h"

namespace schemadiff {

struct Namespace {
  bool operator==(const Namespace&) const = default;
  static constexpr auto Fields(auto visit) { return visit(); }
};

}  // namespace schemadiff
