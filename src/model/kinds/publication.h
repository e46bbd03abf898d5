// A publication (manual: CREATE PUBLICATION). The tables that it names are members of their own: PublicationTable.
#pragma once

#include "model/values.h"

namespace schemadiff {

struct Publication {
  static constexpr std::string_view kManageKey = "publications";

  bool all_tables = false;
  std::vector<ObjectId> schemas;  ///< Of TABLES IN SCHEMA (version 15), sorted.
  bool publishes_insert = true;
  bool publishes_update = true;
  bool publishes_delete = true;
  bool publishes_truncate = true;
  bool via_partition_root = false;
  std::string generated_columns = "none";  ///< From version 18: `none`, `stored`.

  bool operator==(const Publication&) const = default;
  static constexpr auto Fields(auto visit) {
    return visit(Field{"all_tables", &Publication::all_tables}, Field{"schemas", &Publication::schemas},
                 Field{"publishes_insert", &Publication::publishes_insert},
                 Field{"publishes_update", &Publication::publishes_update},
                 Field{"publishes_delete", &Publication::publishes_delete},
                 Field{"publishes_truncate", &Publication::publishes_truncate},
                 Field{"via_partition_root", &Publication::via_partition_root},
                 Field{"generated_columns", &Publication::generated_columns});
  }
};

}  // namespace schemadiff
