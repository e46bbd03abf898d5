#include "parser/statements/text_search.h"

#include "parser/references.h"
#include "support/quote.h"

namespace schemadiff {

std::optional<std::string> ResolveTextSearchName(Interpreter& in, const Statement& statement, NameSpace space,
                                                 const std::vector<std::string>& parts, std::string_view what,
                                                 std::vector<Edge>& edges) {
  const Resolution found = in.names().Resolve(space, parts, *statement.search_path);
  if (found.origin == Resolution::Origin::kUnknown && !in.names().MayComeFromExtension()) {
    in.Waiting(statement, -1, what, Join(parts, "."));
    return std::nullopt;
  }
  return ResolveReference(in, statement, space, parts, edges);
}

void CreateNamed(Interpreter& in, const Statement& statement, ObjectKind kind, Attributes attributes,
                 std::vector<Edge> edges) {
  const QualifiedName name = in.NewName(statement, Strings(statement.node["defnames"]));
  Object object = in.NewObject(statement, -1, ObjectId::Of(kind, name.schema, name.name), std::move(attributes));
  object.edges = std::move(edges);
  in.Create(statement, std::move(object));
}

}  // namespace schemadiff
