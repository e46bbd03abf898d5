#include <fmt/format.h>

#include <algorithm>

#include "model/implicit_names.h"
#include "parser/expressions.h"
#include "parser/statements/domain_constraint.h"
#include "parser/statements/locate.h"
#include "parser/types.h"

namespace schemadiff {
namespace {

// The text after DEFAULT goes up to the next clause, or to the end of the statement.
std::size_t ClauseEnd(const Statement& statement, std::int64_t location) {
  const Tokens& tokens = statement.file->tokens();
  std::size_t end = statement.token_end;
  const auto stop_at = [&](std::int64_t other) {
    if (other > location) end = std::min(end, tokens.At(static_cast<std::size_t>(other)));
  };
  for (const Node item : statement.node["constraints"].Items()) stop_at(item["Constraint"].Location());
  if (const Node collation = statement.node["collClause"]) stop_at(collation.Location());
  return end;
}

// DEFAULT NULL is no default (src/backend/commands/typecmds.c, DefineDomain).
void SetDomainDefault(Interpreter& in, const Statement& statement, Object& domain, Node node, std::int64_t location) {
  Expression& value = domain.As<Domain>().default_value;
  value = {};
  if (!node || node["A_Const"].Bool("isnull")) return;
  const Tokens& tokens = statement.file->tokens();
  std::size_t begin = location < 0 ? statement.token_begin : tokens.At(static_cast<std::size_t>(location));
  while (begin < statement.token_end && !tokens.Is(begin, "default")) ++begin;
  value = MakeExpression(in, statement, node, begin + 1, ClauseEnd(statement, location), {}, domain.edges);
}

Outcome CreateDomain(Interpreter& in, const Statement& statement) {
  const QualifiedName name = in.NewName(statement, Strings(statement.node["domainname"]));
  const ObjectId id = ObjectId::Of(ObjectKind::kDomain, name.schema, name.name);
  std::vector<Edge> edges;
  Domain attributes{.type = ResolveType(in, statement, statement.node["typeName"], edges),
                    .collation = ResolveCollation(in, statement, statement.node["collClause"]["collname"], edges)};
  Object object = in.NewObject(statement, -1, id, std::move(attributes));
  object.edges = std::move(edges);
  if (in.Create(statement, std::move(object)) == nullptr) return Outcome::kDone;
  for (const Node item : statement.node["constraints"].Items()) {
    const Node constraint = item["Constraint"];
    const std::string_view type = constraint.Text("contype");
    Object& domain = *in.schema().Find(id);
    if (type == "CONSTR_CHECK") {
      AddDomainConstraint(in, statement, id, constraint);
    } else if (type == "CONSTR_DEFAULT") {
      SetDomainDefault(in, statement, domain, constraint["raw_expr"], constraint.Location());
    } else if (type == "CONSTR_NOTNULL" || type == "CONSTR_NULL") {
      domain.As<Domain>().not_null = type == "CONSTR_NOTNULL";
    } else {
      in.Error(statement, constraint.Location(), "a domain cannot have this constraint",
               "domains take `NOT NULL`, `NULL`, `DEFAULT` and `CHECK`");
    }
  }
  return Outcome::kDone;
}

Outcome AddConstraintTo(Interpreter& in, const Statement& statement, Object& domain) {
  const Node constraint = statement.node["def"]["Constraint"];
  if (constraint.Text("contype") == "CONSTR_NOTNULL") {
    domain.As<Domain>().not_null = true;
  } else {
    AddDomainConstraint(in, statement, domain.id, constraint);
  }
  return Outcome::kDone;
}

// DROP CONSTRAINT and VALIDATE CONSTRAINT.
Outcome AlterConstraint(Interpreter& in, const Statement& statement, Object& domain, bool drop) {
  const std::string_view name = statement.node.Text("name");
  const ObjectId id = ObjectId::Member(ObjectKind::kDomainConstraint, domain.id, name);
  Object* constraint = in.schema().Find(id);
  if (constraint == nullptr) {
    // From version 17, NOT NULL is a constraint with a name of its own.
    if (drop && domain.As<Domain>().not_null && name == MakeObjectName(domain.id.name(), "", "not_null")) {
      domain.As<Domain>().not_null = false;
      return Outcome::kDone;
    }
    if (statement.node.Bool("missing_ok")) return Outcome::kDone;
    return in.Waiting(statement, -1, "domain constraint", id.ToString());
  }
  if (drop) {
    in.Forget(id);
  } else {
    constraint->As<DomainConstraint>().valid = true;
  }
  return Outcome::kDone;
}

Outcome AlterDomain(Interpreter& in, const Statement& statement) {
  const std::vector<std::string> parts = Strings(statement.node["typeName"]);
  const ObjectId id = LocateType(in, statement, statement.node["typeName"], {ObjectKind::kDomain});
  if (!id) return in.Waiting(statement, -1, "domain", parts.back());
  Object& domain = *in.schema().Find(id);
  const std::string_view subtype = statement.node.Text("subtype");
  if (subtype == "T") {
    SetDomainDefault(in, statement, domain, statement.node["def"], -1);
  } else if (subtype == "N" || subtype == "O") {
    domain.As<Domain>().not_null = subtype == "O";
  } else if (subtype == "C") {
    return AddConstraintTo(in, statement, domain);
  } else if (subtype == "X" || subtype == "V") {
    return AlterConstraint(in, statement, domain, subtype == "X");
  } else {
    in.Error(statement, -1, "this form of `ALTER DOMAIN` is not understood",
             "write what it leads to in `CREATE DOMAIN`");
  }
  return Outcome::kDone;
}

ObjectId LocateDomain(Interpreter& in, const Statement& statement, Node object) {
  return LocateType(in, statement, object, {ObjectKind::kDomain});
}

}  // namespace

template <>
void RegisterStatements<Domain>(StatementRegistry& registry) {
  registry.statements["CreateDomainStmt"] = CreateDomain;
  registry.statements["AlterDomainStmt"] = AlterDomain;
  registry.declarations.emplace(
      "CreateDomainStmt", StatementRegistry::Declaration{NameSpace::kType, ObjectKind::kDomain, NamesIn<"domainname">});
  registry.locators["OBJECT_DOMAIN"] = LocateDomain;
}

}  // namespace schemadiff
