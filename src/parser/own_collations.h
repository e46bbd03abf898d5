// Own collations: what a COLLATE clause need not say, since the type or the column that it stands at has that
// collation.
#pragma once

#include "parser/interpreter.h"

namespace schemadiff {

/// Removes from columns, attributes, domains, ranges and keys of indexes what they have without it: the catalogs do not
/// tell whether it was said. Until then the collation is as it is written, `"default"` as well.
void RemoveOwnCollations(Interpreter& in);

}  // namespace schemadiff
