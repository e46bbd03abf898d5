#include <algorithm>

#include "model/implicit_names.h"
#include "parser/expressions.h"
#include "parser/statements/table_elements.h"

namespace schemadiff {
namespace {

// A check over one column is named after it, wherever it stands: src/backend/catalog/heap.c, AddRelationNewConstraints.
std::string OnlyColumn(const std::vector<Edge>& edges) {
  std::string only;
  for (const Edge& edge : edges) {
    if (edge.target.kind() != ObjectKind::kColumn) continue;
    if (!only.empty() && only != edge.target.name()) return {};
    only = edge.target.name();
  }
  return only;
}

ObjectId AddCheck(Interpreter& in, const Statement& statement, ObjectId table, Node constraint, ObjectId) {
  const TokenRange range = Parenthesized(statement, constraint.Location(), "check");
  std::vector<Edge> edges;
  Check check{.expression =
                  MakeExpression(in, statement, constraint["raw_expr"], range.begin, range.end, table, edges)};
  check.no_inherit = constraint.Bool("is_no_inherit");
  check.enforced = constraint.Bool("is_enforced");
  // Before version 18 there is no NOT ENFORCED, and NOT VALID is ignored by CREATE TABLE, as there are no rows.
  const bool in_create = statement.type == "CreateStmt";
  check.valid = check.enforced && (in_create || !constraint.Bool("skip_validation"));
  const std::string middle = OnlyColumn(edges);
  const ObjectId id =
      ObjectId::Member(ObjectKind::kCheck, table, ConstraintName(in, table, constraint, middle, "check"));
  Object object = in.NewObject(statement, constraint.Location(), id, std::move(check));
  object.edges = std::move(edges);
  return in.Create(statement, std::move(object)) ? id : ObjectId();
}

}  // namespace

std::string ConstraintName(Interpreter& in, ObjectId table, Node constraint, const std::string& middle,
                           std::string_view label) {
  if (constraint["conname"]) return std::string(constraint.Text("conname"));
  return ChooseName(table.name(), middle, label,
                    [&](const std::string& name) { return in.IsConstraintTaken(table.schema(), name); });
}

template <>
void RegisterStatements<Check>(StatementRegistry& registry) {
  registry.constraints["CONSTR_CHECK"] = AddCheck;
}

}  // namespace schemadiff
