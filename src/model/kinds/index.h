// An index that is not behind a constraint (manual: CREATE INDEX).
#pragma once

#include "model/values.h"

namespace schemadiff {

struct Index {
  static constexpr NameSpace kNameSpaces[] = {NameSpace::kRelation};

  bool unique = false;
  std::string access_method = "btree";
  std::vector<IndexElement> elements;
  std::vector<std::string> include;
  bool nulls_not_distinct = false;  ///< From version 15.
  Expression predicate;
  Options options;
  std::string tablespace;
  bool valid = true;     ///< False when a concurrent build of it failed.
  ObjectId attached_to;  ///< The index of the partitioned table of which it is a part.
  Options statistics;    ///< Statistics target by key position, where it is not the default.

  std::vector<std::string> key_names;  ///< What files make PostgreSQL call the keys, if not as columns. Not compared.

  bool operator==(const Index&) const = default;
  static constexpr auto Fields(auto visit) {
    return visit(Field{"unique", &Index::unique}, Field{"access_method", &Index::access_method},
                 Field{"elements", &Index::elements}, Field{"include", &Index::include},
                 Field{"nulls_not_distinct", &Index::nulls_not_distinct}, Field{"predicate", &Index::predicate},
                 Field{"options", &Index::options}, Field{"tablespace", &Index::tablespace},
                 Field{"valid", &Index::valid}, Field{"attached_to", &Index::attached_to},
                 Field{"statistics", &Index::statistics});
  }
};

}  // namespace schemadiff
