// The texts of expressions over a table's columns, made without opening the table.
//
// An expression holds the numbers of columns, and pg_get_expr() opens the relation it is given for their names. That
// takes a lock, for which a plan would wait behind every ALTER TABLE, and a relation cache entry, three quarters of
// what reading the checks of a thousand tables costs the server. pg_statistic lends its own columns' names instead,
// which are like no others; the columns' real names, known by then, take their place.
#pragma once

#include <string>
#include <string_view>

#include "catalog/reader.h"

namespace schemadiff {

/// Condition on an int2[] of column numbers (conkey): pg_statistic has them all. NULL, for no columns, is fine.
std::string AreLent(std::string_view numbers);
/// Condition on a relation's number of columns (relnatts), where an expression can mention nothing but those.
std::string AllAreLent(std::string_view count);
/// pg_get_expr(), with lent names where `is_lent` holds. Two columns of the answer: the text, and whether they are.
std::string ExpressionText(std::string_view expression, std::string_view relation, std::string_view is_lent);

/// The text in those two columns, with the relation's own names. Its columns must be read.
std::string TextWithColumns(const Reader& reader, Oid relation, const Rows& rows, int row, int column);

}  // namespace schemadiff
