// A procedural language (manual: CREATE LANGUAGE).
#pragma once

#include "model/values.h"

namespace schemadiff {

struct Language {
  static constexpr std::string_view kManageKey = "languages";

  bool trusted = false;
  std::string handler;  ///< Functions, qualified and quoted.
  std::string inline_handler;
  std::string validator;

  bool operator==(const Language&) const = default;
  static constexpr auto Fields(auto visit) {
    return visit(Field{"trusted", &Language::trusted}, Field{"handler", &Language::handler},
                 Field{"inline_handler", &Language::inline_handler}, Field{"validator", &Language::validator});
  }
};

}  // namespace schemadiff
