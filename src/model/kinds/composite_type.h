// A composite type of its own, not a table's row type (manual: CREATE TYPE ... AS).
#pragma once

#include "model/values.h"

namespace schemadiff {

struct CompositeAttribute {
  std::string name;
  DataType type;
  std::string collation;  ///< Qualified and quoted; empty for the type's own.

  bool operator==(const CompositeAttribute&) const = default;
  static constexpr auto Fields(auto visit) {
    return visit(Field{"name", &CompositeAttribute::name}, Field{"type", &CompositeAttribute::type},
                 Field{"collation", &CompositeAttribute::collation});
  }
};

struct CompositeType {
  static constexpr bool kServerSpells = true;  ///< The types of attributes, as those of columns.
  static constexpr NameSpace kNameSpaces[] = {NameSpace::kRelation, NameSpace::kType};

  std::vector<CompositeAttribute> attributes;  ///< In their order.

  /// Renames an attribute; false when there is none of that name.
  bool RenameMember(const std::string& from, const std::string& to) {
    for (CompositeAttribute& attribute : attributes) {
      if (attribute.name == from) return attribute.name = to, true;
    }
    return false;
  }

  bool operator==(const CompositeType&) const = default;
  static constexpr auto Fields(auto visit) { return visit(Field{"attributes", &CompositeType::attributes}); }
};

}  // namespace schemadiff
