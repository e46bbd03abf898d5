// Type names of the syntax tree, spelled as format_type() does under an empty search_path.
#pragma once

#include <optional>
#include <vector>

#include "model/object.h"
#include "parser/interpreter.h"

namespace schemadiff {

/// The canonical type of a TypeName; the user-defined type that it names is added to `edges`. An unknown type is
/// reported, and comes back as written.
DataType ResolveType(Interpreter& interpreter, const Statement& statement, Node type_name, std::vector<Edge>& edges);

/// The same without messages and edges, for naming routines; typmods are left out, as in identities.
std::string ArgumentType(const Interpreter& interpreter, const Statement& statement, Node type_name);

/// The collation of a list of names, qualified and quoted, as it is written: see parser/own_collations.h. Empty for
/// none. One that the files declare is added to `edges`.
std::string ResolveCollation(Interpreter& interpreter, const Statement& statement, Node names,
                             std::vector<Edge>& edges);

}  // namespace schemadiff
