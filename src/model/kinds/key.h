// A primary key or unique constraint.
#pragma once

#include "model/values.h"

namespace schemadiff {

struct Key {
  static constexpr NameSpace kNameSpaces[] = {NameSpace::kRelation, NameSpace::kConstraint};

  bool primary = false;
  std::vector<std::string> columns;  ///< In their order.
  std::vector<std::string> include;
  bool nulls_not_distinct = false;  ///< From version 15.
  bool deferrable = false;
  bool initially_deferred = false;
  bool without_overlaps = false;  ///< The last column is a range that must not overlap, from version 18.
  Options options;                ///< Storage parameters of its index.
  std::string tablespace;
  ObjectId attached_to;  ///< The key or index of the partitioned table of which it is a part.

  bool operator==(const Key&) const = default;
  static constexpr auto Fields(auto visit) {
    return visit(Field{"primary", &Key::primary}, Field{"columns", &Key::columns}, Field{"include", &Key::include},
                 Field{"nulls_not_distinct", &Key::nulls_not_distinct}, Field{"deferrable", &Key::deferrable},
                 Field{"initially_deferred", &Key::initially_deferred},
                 Field{"without_overlaps", &Key::without_overlaps}, Field{"options", &Key::options},
                 Field{"tablespace", &Key::tablespace}, Field{"attached_to", &Key::attached_to});
  }
};

}  // namespace schemadiff
