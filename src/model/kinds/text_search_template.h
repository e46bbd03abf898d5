// A text search template (manual: CREATE TEXT SEARCH TEMPLATE). Its functions are qualified and quoted.
#pragma once

#include "model/values.h"

namespace schemadiff {

struct TextSearchTemplate {
  static constexpr bool kOwnerless = true;
  static constexpr NameSpace kNameSpaces[] = {NameSpace::kTextSearchTemplate};

  std::string init;  ///< Empty when it has none.
  std::string lexize;

  bool operator==(const TextSearchTemplate&) const = default;
  static constexpr auto Fields(auto visit) {
    return visit(Field{"init", &TextSearchTemplate::init}, Field{"lexize", &TextSearchTemplate::lexize});
  }
};

}  // namespace schemadiff
