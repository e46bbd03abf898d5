// Extended statistics (manual: CREATE STATISTICS). They have a schema of their own, and go with their table.
#pragma once

#include "model/values.h"

namespace schemadiff {

struct Statistics {
  static constexpr std::string_view kManageKey = "statistics";

  ObjectId table;                    ///< Or materialized view.
  std::vector<std::string> columns;  ///< Sorted: PostgreSQL keeps them in the order of the table.
  std::vector<Expression> expressions;
  bool ndistinct = false;
  bool dependencies = false;
  bool mcv = false;
  std::int64_t target = -1;  ///< -1 for the default.

  bool operator==(const Statistics&) const = default;
  static constexpr auto Fields(auto visit) {
    return visit(Field{"table", &Statistics::table}, Field{"columns", &Statistics::columns},
                 Field{"expressions", &Statistics::expressions}, Field{"ndistinct", &Statistics::ndistinct},
                 Field{"dependencies", &Statistics::dependencies}, Field{"mcv", &Statistics::mcv},
                 Field{"target", &Statistics::target});
  }
};

}  // namespace schemadiff
