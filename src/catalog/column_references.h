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

/// The OID of a relation that can lend names, or NULL: by an int2[] of the numbers of all columns that an expression
/// mentions (conkey; NULL, for none, is fine), or by their relation's number of columns (relnatts).
std::string LenderOfColumns(std::string_view numbers);
std::string LenderOfAll(std::string_view count);
/// pg_get_expr(), with names that the lender, one of the above, lends. Two columns of the answer: the text, and the
/// lender.
std::string ExpressionText(std::string_view expression, std::string_view relation, std::string_view lender);

/// The text in those two columns, with the relation's own names. Its columns must be read.
std::string TextWithColumns(const Reader& reader, Oid relation, const Rows& rows, int row, int column);

}  // namespace schemadiff
