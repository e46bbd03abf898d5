// An operator class (manual: CREATE OPERATOR CLASS). Its identity has the access method as argument.
#pragma once

#include "model/kinds/operator_family.h"

namespace schemadiff {

struct OperatorClass {
  static constexpr NameSpace kNameSpaces[] = {NameSpace::kOperatorClass};

  DataType type;
  bool is_default = false;
  std::string family;                 ///< Qualified and quoted.
  DataType storage;                   ///< Empty when it is the type itself.
  std::vector<FamilyMember> members;  ///< Those that go with the class, ordered by kind, number and types.

  bool operator==(const OperatorClass&) const = default;
  static constexpr auto Fields(auto visit) {
    return visit(Field{"type", &OperatorClass::type}, Field{"is_default", &OperatorClass::is_default},
                 Field{"family", &OperatorClass::family}, Field{"storage", &OperatorClass::storage},
                 Field{"members", &OperatorClass::members});
  }
};

}  // namespace schemadiff
