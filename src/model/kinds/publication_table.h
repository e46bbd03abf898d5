// A table in a publication: a member of the publication, named after the table.
#pragma once

#include "model/values.h"

namespace schemadiff {

struct PublicationTable {
  ObjectId table;
  std::vector<std::string> columns;  ///< Sorted; empty for all (version 15).
  Expression filter;                 ///< Without the outer parentheses (version 15).
  bool with_children = false;        ///< Of the desired state: tables that inherit come with it. Not compared.

  /// What its identity is called: it follows the table's name.
  std::string ReferredName() const { return table.ToString(); }

  bool operator==(const PublicationTable& other) const {
    return table == other.table && columns == other.columns && filter == other.filter;
  }
  static constexpr auto Fields(auto visit) {
    return visit(Field{"table", &PublicationTable::table}, Field{"columns", &PublicationTable::columns},
                 Field{"filter", &PublicationTable::filter});
  }
};

}  // namespace schemadiff
