#include <algorithm>

#include "parser/expressions.h"
#include "parser/statements/table_elements.h"
#include "parser/types.h"

namespace schemadiff {
namespace {

// DEFAULT NULL is no default, and not stored, but where the type makes it a call or a conversion: to a length, or to a
// domain (src/backend/catalog/heap.c, AddRelationNewConstraints). A cast to the column's own type changes nothing.
bool IsNoDefault(Interpreter& in, const Statement& statement, ObjectId column, Node expression) {
  std::string type;  // A view's column is not an object of its own: unknown.
  if (const Object* object = in.schema().Find(column)) {
    const auto is_domain = [](const Edge& edge) { return edge.target.kind() == ObjectKind::kDomain; };
    type = object->As<Column>().type.sql;
    if (type.contains('(') || std::ranges::any_of(object->edges, is_domain)) return false;
  }
  while (const Node cast = expression["TypeCast"]) {
    if (ArgumentType(in, statement, cast["typeName"]) != type) return false;
    expression = cast["arg"];
  }
  return expression["A_Const"].Bool("isnull");
}

}  // namespace

void SetDefault(Interpreter& in, const Statement& statement, ObjectId column, Node expression, std::size_t begin,
                std::size_t end) {
  const ObjectId id = ObjectId::Member(ObjectKind::kColumnDefault, column, "");
  if (IsNoDefault(in, statement, column, expression)) {
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
