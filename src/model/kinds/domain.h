// A domain (manual: CREATE DOMAIN); its constraints are DomainConstraints.
#pragma once

#include "model/values.h"

namespace schemadiff {

struct Domain {
  static constexpr NameSpace kNameSpaces[] = {NameSpace::kType};

  DataType type;
  std::string collation;  ///< Qualified and quoted; empty for the base type's own.
  Expression default_value;
  bool not_null = false;

  bool operator==(const Domain&) const = default;
  static constexpr auto Fields(auto visit) {
    return visit(Field{"type", &Domain::type}, Field{"collation", &Domain::collation},
                 Field{"default_value", &Domain::default_value}, Field{"not_null", &Domain::not_null});
  }
};

}  // namespace schemadiff
