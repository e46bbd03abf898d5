#include <algorithm>

#include "model/implicit_names.h"
#include "parser/expressions.h"
#include "parser/statements/table_elements.h"
#include "support/quote.h"

namespace schemadiff {
namespace {

std::string OperatorText(Node names) {
  std::vector<std::string> parts = Strings(names);
  if (parts.size() < 2) return parts.empty() ? std::string() : parts.back();
  return QuoteIdentifier(parts[parts.size() - 2]) + "." + parts.back();
}

ObjectId AddExclusion(Interpreter& in, const Statement& statement, ObjectId table, Node constraint, ObjectId) {
  const Tokens& tokens = statement.file->tokens();
  std::size_t at = tokens.At(static_cast<std::size_t>(constraint.Location()));
  while (!tokens.Is(at, "exclude")) ++at;
  while (tokens.Text(at) != "(") ++at;
  const std::size_t close = tokens.Close(at);
  std::vector<Node> items;
  std::vector<std::string> operators;
  for (const Node pair : constraint["exclusions"].Items()) {
    const std::vector<Node> parts = pair["List"]["items"].Items();
    items.push_back(parts[0]);
    operators.push_back(OperatorText(parts[1]));
  }
  std::vector<Edge> edges;
  Exclusion exclusion{
      .access_method = std::string(constraint.Text("access_method")),
      .elements = IndexElements(in, statement, items, tokens.SplitAtCommas(at + 1, close), table, edges),
      .include = Strings(constraint["including"]),
      .deferrable = constraint.Bool("deferrable"),
      .initially_deferred = constraint.Bool("initdeferred"),
      .options = ParseOptions(constraint["options"]),
      .tablespace = TablespaceIn(statement, constraint.Text("indexspace"))};
  if (exclusion.access_method.empty()) exclusion.access_method = "btree";
  std::vector<std::string> names;
  for (std::size_t i = 0; i < exclusion.elements.size(); ++i) {
    exclusion.elements[i].exclusion_operator = operators[i];
    names.push_back(exclusion.elements[i].column.empty() ? "expr" : exclusion.elements[i].column);
  }
  if (constraint["where_clause"]) {
    const TokenRange range = Parenthesized(statement, tokens[close].start, "where");
    exclusion.predicate =
        MakeExpression(in, statement, constraint["where_clause"], range.begin, range.end, table, edges);
  }
  std::string name(constraint.Text("conname"));
  if (name.empty()) {
    name = ChooseName(table.name(), IndexNameAddition(names), "excl", [&](const std::string& candidate) {
      return in.IsRelationTaken(table.schema(), candidate) || in.IsConstraintTaken(table.schema(), candidate);
    });
  }
  const ObjectId id = ObjectId::Member(ObjectKind::kExclusion, table, name);
  Object object = in.NewObject(statement, constraint.Location(), id, std::move(exclusion));
  object.edges = std::move(edges);
  return in.Create(statement, std::move(object)) ? id : ObjectId();
}

}  // namespace

template <>
void RegisterStatements<Exclusion>(StatementRegistry& registry) {
  registry.constraints["CONSTR_EXCLUSION"] = AddExclusion;
}

}  // namespace schemadiff
