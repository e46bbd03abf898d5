#include "parser/statements/domain_constraint.h"

#include "model/implicit_names.h"
#include "parser/expressions.h"
#include "parser/statements/locate.h"

namespace schemadiff {
namespace {

ObjectId ConstraintId(ObjectId domain, std::string_view name) {
  return ObjectId::Member(ObjectKind::kDomainConstraint, domain, name);
}

// COMMENT names it by a list of the domain and the constraint, RENAME by the domain and a `subname`.
ObjectId LocateDomainConstraint(Interpreter& in, const Statement& statement, Node object) {
  const std::vector<Node> items = object["List"]["items"].Items();
  const Node name = statement.node["subname"];
  if (!name && items.size() != 2) return {};
  const ObjectId domain = LocateType(in, statement, name ? object : items[0], {ObjectKind::kDomain});
  if (!domain) return {};
  const ObjectId id = ConstraintId(domain, name ? name.AsText() : items[1]["String"].Text("sval"));
  return in.schema().Contains(id) ? id : ObjectId();
}

}  // namespace

void AddDomainConstraint(Interpreter& in, const Statement& statement, ObjectId domain, Node constraint) {
  const TokenRange range = Parenthesized(statement, constraint.Location(), "check");
  std::string name(constraint.Text("conname"));
  if (name.empty()) {
    name = ChooseName(domain.name(), "", "check", [&](const std::string& candidate) {
      return in.schema().Contains(ConstraintId(domain, candidate));
    });
  }
  std::vector<Edge> edges;
  DomainConstraint attributes{
      .expression = MakeExpression(in, statement, constraint["raw_expr"], range.begin, range.end, {}, edges),
      .valid = !constraint.Bool("skip_validation")};
  Object object = in.NewObject(statement, constraint.Location(), ConstraintId(domain, name), std::move(attributes));
  object.edges = std::move(edges);
  in.Create(statement, std::move(object));
}

template <>
void RegisterStatements<DomainConstraint>(StatementRegistry& registry) {
  registry.locators["OBJECT_DOMCONSTRAINT"] = LocateDomainConstraint;
}

}  // namespace schemadiff
