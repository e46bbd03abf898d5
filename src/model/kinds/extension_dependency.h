// That its parent is dropped with an extension, whose name it has: DEPENDS ON EXTENSION of functions, triggers, indexes
// and materialized views.
#pragma once

#include "model/values.h"

namespace schemadiff {

struct ExtensionDependency {
  std::string extension;

  bool operator==(const ExtensionDependency&) const = default;
  static constexpr auto Fields(auto visit) { return visit(Field{"extension", &ExtensionDependency::extension}); }
};

}  // namespace schemadiff
