#include <algorithm>

#include "parser/expressions.h"
#include "parser/statements/table_elements.h"

namespace schemadiff {
namespace {

// DEFAULT NULL is no default, and not stored, but where the type makes it a call or a conversion: to a length, or to a
// domain (src/backend/catalog/heap.c, AddRelationNewConstraints).
bool HasConversion(Interpreter& in, ObjectId column) {
  const Object* object = in.schema().Find(column);
  const Column* attributes = object == nullptr ? nullptr : object->If<Column>();
  if (attributes == nullptr) return false;
  return attributes->type.sql.contains('(') ||
         std::ranges::any_of(object->edges, [](const Edge& edge) { return edge.target.kind() == ObjectKind::kDomain; });
}

}  // namespace

void SetDefault(Interpreter& in, const Statement& statement, ObjectId column, Node expression, std::size_t begin,
                std::size_t end) {
  const ObjectId id = ObjectId::Member(ObjectKind::kColumnDefault, column, "");
  if (expression["A_Const"].Bool("isnull") && !HasConversion(in, column)) {
    in.Forget(id);
    return;
  }
  std::vector<Edge> edges;
  const Expression text = MakeExpression(in, statement, expression, begin, end, {}, edges);
  Object object{.id = id, .attributes = ColumnDefault{text}, .edges = std::move(edges)};
  object.source = in.Location(statement, statement.file->tokens()[begin].start);
  in.schema().Add(std::move(object));
}

// Defaults are declared within columns; ALTER COLUMN ... SET DEFAULT is registered there too.
template <>
void RegisterStatements<ColumnDefault>(StatementRegistry&) {}

}  // namespace schemadiff
