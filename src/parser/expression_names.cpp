#include "parser/expression_names.h"

#include <array>
#include <utility>

namespace schemadiff {
namespace {

// A weak name, a type's, gives way to a better one of the expression within.
struct Found {
  std::string name;
  bool weak = false;
};

// The last name among fields and subscripts.
std::string LastField(Node items) {
  std::string name;
  for (const Node item : items.Items()) {
    if (const Node field = item["String"]) name = field.Text("sval");
  }
  return name;
}

Found Figure(Node expression) {
  if (const Node column = expression["ColumnRef"]) return {LastField(column["fields"])};
  if (const Node indirection = expression["A_Indirection"]) {
    std::string field = LastField(indirection["indirection"]);
    return field.empty() ? Figure(indirection["arg"]) : Found{std::move(field)};
  }
  if (const Node call = expression["FuncCall"]) return {LastField(call["funcname"])};
  if (const Node cast = expression["TypeCast"]) {
    Found within = Figure(cast["arg"]);
    if (!within.name.empty() && !within.weak) return within;
    return {LastField(cast["typeName"]["names"]), true};
  }
  if (const Node collate = expression["CollateClause"]) return Figure(collate["arg"]);
  if (const Node cases = expression["CaseExpr"]) {
    Found within = Figure(cases["defresult"]);
    return within.name.empty() || within.weak ? Found{"case", true} : within;
  }
  if (const Node operation = expression["A_Expr"]; operation && operation.Text("kind") == "AEXPR_NULLIF") {
    return {"nullif"};
  }
  if (const Node either = expression["MinMaxExpr"]) return {either.Text("op") == "IS_LEAST" ? "least" : "greatest"};
  constexpr std::array<std::pair<std::string_view, const char*>, 3> fixed = {
      {{"A_ArrayExpr", "array"}, {"RowExpr", "row"}, {"CoalesceExpr", "coalesce"}}};
  for (const auto& [type, name] : fixed) {
    if (expression[type]) return {name};
  }
  return {};
}

}  // namespace

std::string NameOfExpression(Node expression) { return Figure(expression).name; }

}  // namespace schemadiff
