// The texts of expressions over a table's columns, made without opening the table.
//
// An expression holds the numbers of columns, and pg_get_expr() opens the relation it is given for their names. That
// takes a lock, for which a plan would wait behind every ALTER TABLE, and a relation cache entry, three quarters of
// what reading the checks of a thousand tables costs the server. Catalogs lend their own columns' names instead,
// which are like no others; the columns' real names, known by then, take their place.
#pragma once

#include <string>
#include <string_view>

#include "catalog/reader.h"

namespace schemadiff {

/// A relation that can lend names, as SQL: NULL when none can.
struct LenderSql {
  std::string oid;
  std::string width;  ///< Its number of columns, by which TextWithColumns() knows it.
};
/// By an int2[] of the numbers of all columns that an expression mentions (conkey; NULL, for none, is fine).
LenderSql LenderOfColumns(std::string_view numbers);
/// By the relation's own number of columns (relnatts).
LenderSql LenderOfAll(std::string_view count);
/// pg_get_expr() with the names that a lender lends. Two columns of the answer: the text, and the lender's width.
std::string ExpressionText(std::string_view expression, std::string_view relation, const LenderSql& lender);

/// The text in those two columns, with the relation's own names. Its columns must be read.
std::string TextWithColumns(const Reader& reader, Oid relation, const Rows& rows, int row, int column);

}  // namespace schemadiff
