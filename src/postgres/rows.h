// What is behind Rows: a libpqxx result and the cell that was read last.
#pragma once

#include <optional>
#include <pqxx/pqxx>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "postgres/connection.h"

namespace schemadiff {

struct Rows::Impl {
  explicit Impl(pqxx::result the_result) : result(std::move(the_result)) {}

  /// A pqxx::field counts three references to its result; made for each cell it would cost more than reading does. So
  /// one is kept for each row and moved along the columns.
  const pqxx::field& Cell(int row, int column) const {
    if (row != current_row) {
      cell.emplace(result[row], 0);
      current_row = row;
    }
    *cell += column - static_cast<int>(cell->num());
    return *cell;
  }

  pqxx::result result;
  mutable std::optional<pqxx::const_row_iterator> cell;
  mutable int current_row = -1;
};

}  // namespace schemadiff
