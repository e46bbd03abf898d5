// A collation (manual: CREATE COLLATION). The version of its provider is the environment's and not a fact of the
// schema.
#pragma once

#include "model/values.h"

namespace schemadiff {

struct Collation {
  static constexpr NameSpace kNameSpaces[] = {NameSpace::kCollation};
  static constexpr bool kServerSpells = true;

  enum class Provider : std::uint8_t { kLibc, kIcu, kBuiltin };

  Provider provider = Provider::kLibc;
  std::string locale;      ///< Of ICU and the built-in provider.
  std::string lc_collate;  ///< Of libc.
  std::string lc_ctype;    ///< Of libc.
  bool deterministic = true;
  std::string rules;  ///< Of ICU, from version 16.
  std::string
      copied_from;  ///< Of the desired state: one of the server's that it copies. Empty once the server said it.

  bool operator==(const Collation&) const = default;
  static constexpr auto Fields(auto visit) {
    return visit(Field{"provider", &Collation::provider}, Field{"locale", &Collation::locale},
                 Field{"lc_collate", &Collation::lc_collate}, Field{"lc_ctype", &Collation::lc_ctype},
                 Field{"deterministic", &Collation::deterministic}, Field{"rules", &Collation::rules},
                 Field{"copied_from", &Collation::copied_from});
  }
};

}  // namespace schemadiff
