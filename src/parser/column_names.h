// Whether the columns that constraints, indexes and triggers name are there.
#pragma once

#include "model/schema.h"
#include "support/diagnostic.h"

namespace schemadiff {

/// An error (kBadInput) for each column of a declared table that something on or to that table names, and that neither
/// the table nor its parents have. What cannot be known is taken as given.
Diagnostics CheckColumnNames(const Schema& schema);

}  // namespace schemadiff
