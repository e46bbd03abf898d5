// A range type, with its multirange type (manual: CREATE TYPE ... AS RANGE). Its constructor functions are its own.
#pragma once

#include "model/values.h"

namespace schemadiff {

struct Range {
  static constexpr NameSpace kNameSpaces[] = {NameSpace::kType};

  DataType subtype;
  std::string multirange;      ///< Qualified and quoted.
  std::string operator_class;  ///< Qualified and quoted; empty for the subtype's default.
  std::string collation;       ///< Qualified and quoted; empty for the subtype's own.
  std::string canonical;       ///< A function, qualified and quoted.
  std::string subtype_diff;    ///< A function, qualified and quoted.

  std::string default_operator_class;  ///< Of the live state, where operator_class is empty. Not compared.

  /// Takes out what only spells the default that the live state has.
  void TakeUnstated(const Range& live) {
    if (operator_class == live.default_operator_class) operator_class.clear();
  }

  bool operator==(const Range&) const = default;
  static constexpr auto Fields(auto visit) {
    return visit(Field{"subtype", &Range::subtype}, Field{"multirange", &Range::multirange},
                 Field{"operator_class", &Range::operator_class}, Field{"collation", &Range::collation},
                 Field{"canonical", &Range::canonical}, Field{"subtype_diff", &Range::subtype_diff});
  }
};

}  // namespace schemadiff
