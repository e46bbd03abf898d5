// An exclusion constraint.
#pragma once

#include "model/values.h"

namespace schemadiff {

struct Exclusion {
  static constexpr NameSpace kNameSpaces[] = {NameSpace::kRelation, NameSpace::kConstraint};

  std::string access_method = "gist";
  std::vector<IndexElement> elements;
  std::vector<std::string> include;
  Expression predicate;
  bool deferrable = false;
  bool initially_deferred = false;
  Options options;  ///< Storage parameters of its index.
  std::string tablespace;

  bool operator==(const Exclusion&) const = default;
  static constexpr auto Fields(auto visit) {
    return visit(Field{"access_method", &Exclusion::access_method}, Field{"elements", &Exclusion::elements},
                 Field{"include", &Exclusion::include}, Field{"predicate", &Exclusion::predicate},
                 Field{"deferrable", &Exclusion::deferrable},
                 Field{"initially_deferred", &Exclusion::initially_deferred}, Field{"options", &Exclusion::options},
                 Field{"tablespace", &Exclusion::tablespace});
  }
};

}  // namespace schemadiff
