// An enumerated type (manual: CREATE TYPE ... AS ENUM).
#pragma once

#include "model/values.h"

namespace schemadiff {

struct Enum {
  static constexpr NameSpace kNameSpaces[] = {NameSpace::kType};

  std::vector<std::string> labels;  ///< In their order.

  /// Renames a label; false when there is none of that name.
  bool RenameMember(const std::string& from, const std::string& to) {
    for (std::string& label : labels) {
      if (label == from) return label = to, true;
    }
    return false;
  }

  bool operator==(const Enum&) const = default;
  static constexpr auto Fields(auto visit) { return visit(Field{"labels", &Enum::labels}); }
};

}  // namespace schemadiff
