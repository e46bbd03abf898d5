// References by name alone: to functions, collations, operators and operator classes, spelled as the catalog's readers
// spell them, whatever the search_path.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "model/object.h"
#include "parser/interpreter.h"

namespace schemadiff {

/// What a name refers to: qualified and quoted, without the schema where that is pg_catalog. Edges to what the files
/// declare are added: to all overloads, since a name does not tell them apart. Empty for an empty name.
std::string ResolveReference(Interpreter& in, const Statement& statement, NameSpace space,
                             const std::vector<std::string>& parts, std::vector<Edge>& edges);

/// The same for an operator, whose name is never quoted and always qualified: `pg_catalog.<`.
std::string ResolveOperator(Interpreter& in, const Statement& statement, const std::vector<std::string>& parts,
                            std::vector<Edge>& edges);

/// Edges to the extensions of which one may have brought a name that is not known; in a replay, those that there are.
void AddExtensionEdges(const Interpreter& in, std::vector<Edge>& edges);

/// Edges to all that a call of a declared name may mean: functions, aggregates, the constructors of a range type.
void AddCallEdges(const Names& names, const QualifiedName& name, EdgeKind kind, std::vector<Edge>& edges);

/// The parts of a name that stands as an option's argument, where it may look like a type's or be a string; empty for
/// NONE.
std::vector<std::string> NameInOption(Node argument);

/// A boolean option (src/backend/commands/define.c, defGetBoolean): present without an argument means true.
bool FlagOf(Node argument);

/// Reports an option that a statement does not have.
void ReportUnknownOption(Interpreter& in, const Statement& statement, Node option, std::string_view of_what);

}  // namespace schemadiff
