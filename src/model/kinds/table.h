// A table, plain or partitioned, or a partition (manual: CREATE TABLE).
#pragma once

#include "model/values.h"

namespace schemadiff {

struct Table {
  static constexpr NameSpace kNameSpaces[] = {NameSpace::kRelation, NameSpace::kType};

  bool unlogged = false;
  Expression partition_key;        ///< `RANGE (a, lower(b))`; empty when the table is not partitioned.
  ObjectId partition_of;           ///< The partitioned table of which it is a partition.
  Expression partition_bound;      ///< `FOR VALUES ...` or `DEFAULT`.
  std::vector<ObjectId> inherits;  ///< Parents of classical inheritance, in their order.
  DataType of_type;                ///< The composite type of a typed table; empty otherwise.
  std::string access_method;       ///< Empty for the server's default.
  std::string tablespace;          ///< Empty for the database's default.
  Options options;                 ///< Storage parameters; those of the TOAST table as `toast.name`.
  bool row_security = false;
  bool force_row_security = false;
  std::string replica_identity;  ///< `FULL`, `NOTHING`, the name of an index; empty for the default.
  std::string cluster_on;        ///< The index that CLUSTER uses; empty for none.

  /// Of the live state: it has partitions or indexes that are left alone, and so are in neither state. Not compared.
  bool has_unmanaged_parts = false;

  bool operator==(const Table&) const = default;
  static constexpr auto Fields(auto visit) {
    return visit(Field{"unlogged", &Table::unlogged}, Field{"partition_key", &Table::partition_key},
                 Field{"partition_of", &Table::partition_of}, Field{"partition_bound", &Table::partition_bound},
                 Field{"inherits", &Table::inherits}, Field{"of_type", &Table::of_type},
                 Field{"access_method", &Table::access_method}, Field{"tablespace", &Table::tablespace},
                 Field{"options", &Table::options}, Field{"row_security", &Table::row_security},
                 Field{"force_row_security", &Table::force_row_security},
                 Field{"replica_identity", &Table::replica_identity}, Field{"cluster_on", &Table::cluster_on});
  }
};

}  // namespace schemadiff
