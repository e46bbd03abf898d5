// The security label that a provider has on its parent; the provider is its name (manual: SECURITY LABEL).
#pragma once

#include "model/values.h"

namespace schemadiff {

struct SecurityLabel {
  std::string label;

  bool operator==(const SecurityLabel&) const = default;
  static constexpr auto Fields(auto visit) { return visit(Field{"label", &SecurityLabel::label}); }
};

}  // namespace schemadiff
