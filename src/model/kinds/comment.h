// The comment on its parent.
#pragma once

#include "model/values.h"

namespace schemadiff {

struct Comment {
  static constexpr std::string_view kManageKey = "comments";

  std::string text;

  bool operator==(const Comment&) const = default;
  static constexpr auto Fields(auto visit) { return visit(Field{"text", &Comment::text}); }
};

}  // namespace schemadiff
