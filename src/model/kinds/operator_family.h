// An operator family (manual: CREATE OPERATOR FAMILY), with the members that no operator class holds. Its identity has
// the access method as argument.
#pragma once

#include "model/values.h"

namespace schemadiff {

/// An operator or support function of a family or class.
struct FamilyMember {
  bool is_function = false;
  std::int64_t number = 0;  ///< The strategy's or support function's.
  std::string left;         ///< Types for which it stands, as identities have them.
  std::string right;
  std::string name;         ///< `app.<` of an operator, `app.compare(integer, integer)` of a function.
  std::string sort_family;  ///< Of an ordering operator: the family that sorts its result, qualified and quoted.

  bool operator==(const FamilyMember&) const = default;
  /// Whether both stand at the same place of a family: there is one for a number and a pair of types.
  bool SamePlace(const FamilyMember& other) const {
    return is_function == other.is_function && number == other.number && left == other.left && right == other.right;
  }
  static constexpr auto Fields(auto visit) {
    return visit(Field{"is_function", &FamilyMember::is_function}, Field{"number", &FamilyMember::number},
                 Field{"left", &FamilyMember::left}, Field{"right", &FamilyMember::right},
                 Field{"name", &FamilyMember::name}, Field{"sort_family", &FamilyMember::sort_family});
  }
};

struct OperatorFamily {
  static constexpr NameSpace kNameSpaces[] = {NameSpace::kOperatorFamily};

  std::vector<FamilyMember> members;  ///< Ordered by kind, number and types.

  bool operator==(const OperatorFamily&) const = default;
  static constexpr auto Fields(auto visit) { return visit(Field{"members", &OperatorFamily::members}); }
};

}  // namespace schemadiff
