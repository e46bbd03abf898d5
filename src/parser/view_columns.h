// The columns of views: what their queries return, by names that may be given from outside.
#pragma once

#include "parser/interpreter.h"

namespace schemadiff {

/// ALTER VIEW ... RENAME COLUMN and its like, for materialized views as well. `column` is what it would be called as an
/// object of its own.
Outcome RenameViewColumn(Interpreter& in, const Statement& statement, ObjectId column, const std::string& to);

/// Before a view is replaced by one that may return more columns.
void SettleNamesOver(Interpreter& in, ObjectId view, const View& replacement);

}  // namespace schemadiff
