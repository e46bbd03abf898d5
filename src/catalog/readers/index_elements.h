// The keys of indexes and exclusion constraints, from the raw columns of pg_index.
#pragma once

#include "catalog/reader.h"

namespace schemadiff {

/// Select list of what IndexRow reads; `i` is pg_index, `x` the index's pg_class row, `c` the table's.
std::string IndexColumns(int version);
/// FROM items for the aliases above; the condition still has to name the tables in scope.
std::string_view IndexTables();

struct IndexRow {
  std::vector<IndexElement> elements;
  std::vector<std::string> include;
  Expression predicate;
  std::string access_method;
  Options options;
  std::string tablespace;
};

/// Reads columns of IndexColumns from `first` on.
IndexRow ReadIndexRow(const Reader& reader, const Rows& rows, int row, int first, Oid relation);
inline constexpr int kIndexColumnCount = 12;

}  // namespace schemadiff
