#include "parser/expressions.h"
#include "parser/statements/table_elements.h"

namespace schemadiff {

void SetDefault(Interpreter& in, const Statement& statement, ObjectId column, Node expression, std::size_t begin,
                std::size_t end) {
  const ObjectId id = ObjectId::Member(ObjectKind::kColumnDefault, column, "");
  // DEFAULT NULL is no default: PostgreSQL does not store it.
  if (expression["A_Const"].Bool("isnull")) {
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
