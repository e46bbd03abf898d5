// The keys of indexes and exclusion constraints, from the raw columns of pg_index.
#pragma once

#include "catalog/reader.h"

namespace schemadiff {

/// Names that the raw columns of pg_index stand for.
struct IndexNames {
  std::unordered_map<std::string, std::string> operator_classes;  ///< Those that are no default, by OID.
  std::unordered_map<std::string, std::string> collations;        ///< Those that indexes use, by OID.
};
/// Ask for the operator classes.
std::string OperatorClassesQuery();
/// What those are, and what else the IndexColumns of rows stand for. Errors: kUnavailable, kFailed.
Result<IndexNames> ReadIndexNames(Reader& reader, const Rows& operator_classes, const Rows& rows);

/// The first columns of a select list, which IndexRow reads; `i` is pg_index, `x` the index's pg_class row, `c` the
/// table's.
std::string IndexColumns();
/// FROM items for the aliases above; the condition still has to name the tables in scope.
std::string_view IndexTables();

struct IndexRow {
  std::vector<IndexElement> elements;
  std::vector<std::string> include;
  Expression predicate;
  std::string access_method;
  Options options;
  std::string tablespace;
  Options statistics;  ///< Targets by the numbers of keys, from 1, that have their own.
};

/// Reads the IndexColumns of a row.
IndexRow ReadIndexRow(const Reader& reader, const IndexNames& names, const Rows& rows, int row, Oid relation);
inline constexpr int kIndexColumnCount = 13;
inline constexpr int kIndexTable = 9;  ///< Among them: the table's OID.

}  // namespace schemadiff
