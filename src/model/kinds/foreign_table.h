// A foreign table (manual: CREATE FOREIGN TABLE): in the name space of tables, with columns and checks as they have.
#pragma once

#include "model/values.h"

namespace schemadiff {

struct ForeignTable {
  static constexpr NameSpace kNameSpaces[] = {NameSpace::kRelation, NameSpace::kType};

  std::string server;  ///< Unquoted.
  Options options;
  ObjectId partition_of;           ///< The partitioned table of which it is a partition.
  Expression partition_bound;      ///< `FOR VALUES ...` or `DEFAULT`.
  std::vector<ObjectId> inherits;  ///< Parents of classical inheritance, in their order.

  /// Secrets that are left out stay.
  void TakeUnstated(const ForeignTable& live) { TakeLeftOut(options, live.options); }

  bool operator==(const ForeignTable&) const = default;
  static constexpr auto Fields(auto visit) {
    return visit(Field{"server", &ForeignTable::server}, Field{"options", &ForeignTable::options},
                 Field{"partition_of", &ForeignTable::partition_of},
                 Field{"partition_bound", &ForeignTable::partition_bound}, Field{"inherits", &ForeignTable::inherits});
  }
};

}  // namespace schemadiff
