// Whom its parent belongs to (manual: ALTER TABLE, OWNER TO). In a plan's two states an object without one belongs to
// who runs the plan.
#pragma once

#include "model/values.h"

namespace schemadiff {

struct Owner {
  static constexpr std::string_view kManageKey = "owners";
  static constexpr bool kStaysAsItIs = true;

  std::string role;
  std::string creator;  ///< Of the desired state: who made the object, where that was not the one that connects.

  bool operator==(const Owner& other) const { return role == other.role; }
  static constexpr auto Fields(auto visit) { return visit(Field{"role", &Owner::role}); }
};

}  // namespace schemadiff
