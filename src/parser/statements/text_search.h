// What the statements about text search share: names of parsers, templates and dictionaries, which PostgreSQL has some
// of itself.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "parser/interpreter.h"
#include "parser/statements/locate.h"

namespace schemadiff {

/// What a name refers to, qualified and quoted, without the schema where that is pg_catalog, with an edge to it;
/// nothing, and Interpreter::Waiting, where nothing of that name is known. `what` is what messages call it.
std::optional<std::string> ResolveTextSearchName(Interpreter& in, const Statement& statement, NameSpace space,
                                                 const std::vector<std::string>& parts, std::string_view what,
                                                 std::vector<Edge>& edges);

/// What is named by a list of strings; PostgreSQL's own come before what is in the search_path.
template <ObjectKind kKind>
ObjectId LocateForSearch(Interpreter& in, const Statement& statement, Node object) {
  const std::vector<std::string> parts = Strings(object);
  if (parts.size() == 1 && IsBuiltInForSearch(NameSpaces(kKind).front(), parts[0])) return {};
  return LocateInSchema<kKind>(in, statement, object);
}

/// Adds an object of a kind whose statements name it in `defnames`.
void CreateNamed(Interpreter& in, const Statement& statement, ObjectKind kind, Attributes attributes,
                 std::vector<Edge> edges);

}  // namespace schemadiff
