#include <map>

#include "parser/references.h"
#include "parser/statements/routine_parts.h"
#include "parser/types.h"
#include "support/quote.h"

namespace schemadiff {
namespace {

// The types of an operator's two sides; NONE for the missing one of a prefix operator.
std::string Sides(const std::string& left, const std::string& right) {
  return (left.empty() ? "NONE" : left) + ", " + (right.empty() ? "NONE" : right);
}

std::string TypeOf(Interpreter& in, const Statement& statement, Node argument, std::vector<Edge>& edges) {
  if (!argument.As("TypeName")) return {};  // NONE
  ResolveType(in, statement, argument["TypeName"], edges);
  return RoutineTypeName(in, statement, argument["TypeName"]);
}

// A commutator or negator that is not declared is made as a shell in the schema where the operator itself would be.
std::string LinkedOperator(Interpreter& in, const Statement& statement, Node argument) {
  const std::vector<std::string> parts = NameInOption(argument);
  if (parts.empty()) return {};
  std::vector<Edge> unused;  // Each of two operators may name the other: neither has to come first.
  const Resolution found = in.names().Resolve(NameSpace::kOperator, parts, *statement.search_path);
  if (found.origin != Resolution::Origin::kUnknown) return ResolveOperator(in, statement, parts, unused);
  const QualifiedName shell = in.NameForCreation(statement, parts);
  return QuoteIdentifier(shell.schema) + "." + shell.name;
}

// The options that ALTER OPERATOR ... SET has, too; false when it is none of them.
bool ReadOperatorOption(Interpreter& in, const Statement& statement, Node option, Operator& op,
                        std::vector<Edge>& edges) {
  const std::string_view key = option.Text("defname");
  const Node argument = option["arg"];
  const auto routine = [&] {
    return ResolveReference(in, statement, NameSpace::kRoutine, NameInOption(argument), edges);
  };
  if (key == "restrict") {
    op.restriction = routine();
  } else if (key == "join") {
    op.join = routine();
  } else if (key == "commutator") {
    op.commutator = LinkedOperator(in, statement, argument);
  } else if (key == "negator") {
    op.negator = LinkedOperator(in, statement, argument);
  } else if (key == "hashes") {
    op.hashes = FlagOf(argument);
  } else if (key == "merges") {
    op.merges = FlagOf(argument);
  } else if (key == "sort1" || key == "sort2" || key == "ltcmp" || key == "gtcmp") {
    op.merges = true;  // Of old: these named the operators to sort by.
  } else {
    return false;
  }
  return true;
}

Outcome CreateOperator(Interpreter& in, const Statement& statement) {
  const QualifiedName name = in.NewName(statement, Strings(statement.node["defnames"]));
  Operator op;
  std::string left;
  std::string right;
  std::vector<Edge> edges;
  for (const Node item : statement.node["definition"].Items()) {
    const Node option = item["DefElem"];
    const std::string_view key = option.Text("defname");
    if (key == "leftarg") {
      left = TypeOf(in, statement, option["arg"], edges);
    } else if (key == "rightarg") {
      right = TypeOf(in, statement, option["arg"], edges);
    } else if (key == "function" || key == "procedure") {
      op.function = ResolveReference(in, statement, NameSpace::kRoutine, NameInOption(option["arg"]), edges);
    } else if (!ReadOperatorOption(in, statement, option, op, edges)) {
      ReportUnknownOption(in, statement, option, "an operator");
    }
  }
  if (op.function.empty()) in.Error(statement, -1, "the operator says no function", "add `FUNCTION = ...`");
  Object object = in.NewObject(
      statement, -1, ObjectId::Of(ObjectKind::kOperator, name.schema, name.name, Sides(left, right)), std::move(op));
  object.edges = std::move(edges);
  in.Create(statement, std::move(object));
  return Outcome::kDone;
}

ObjectId FindOperator(Interpreter& in, const Statement& statement, Node object) {
  const std::vector<std::string> parts = Strings(object["objname"]);
  const SearchPath path = parts.size() > 1 ? SearchPath{parts[parts.size() - 2]} : *statement.search_path;
  std::vector<std::string> types;
  for (const Node item : object["objargs"].Items()) {
    types.push_back(item["TypeName"] ? RoutineTypeName(in, statement, item["TypeName"]) : std::string());
  }
  if (types.size() != 2) return {};
  for (const std::string& schema : path) {
    const ObjectId id = ObjectId::Of(ObjectKind::kOperator, schema, parts.back(), Sides(types[0], types[1]));
    if (in.schema().Contains(id)) return id;
  }
  return {};
}

ObjectId LocateOperator(Interpreter& in, const Statement& statement, Node object) {
  return FindOperator(in, statement, object["ObjectWithArgs"]);
}

Outcome AlterOperator(Interpreter& in, const Statement& statement) {
  const Node named = statement.node["opername"];
  const ObjectId id = FindOperator(in, statement, named);
  if (!id) return in.Waiting(statement, -1, "operator", Join(Strings(named["objname"]), "."));
  Object& object = *in.schema().Find(id);
  for (const Node item : statement.node["options"].Items()) {
    if (!ReadOperatorOption(in, statement, item["DefElem"], object.As<Operator>(), object.edges)) {
      ReportUnknownOption(in, statement, item["DefElem"], "an operator");
    }
  }
  return Outcome::kDone;
}

std::string QualifiedOperator(ObjectId id) { return QuoteIdentifier(id.schema()) + "." + id.name(); }

// Making an operator links the others that it names back to it, if they are there and have no link; one that is made
// later has the links that its own statement says (src/backend/catalog/pg_operator.c, OperatorCreate).
void LinkBack(Interpreter& in) {
  std::map<std::string, ObjectId> operators;  // Ordered, so that it does not depend on the run who comes first.
  const auto key = [](const std::string& name, const std::string& sides) { return name + '\0' + sides; };
  for (const auto& [id, object] : in.schema().OfKind(ObjectKind::kOperator)) {
    operators.emplace(key(QualifiedOperator(id), id.arguments()), id);
  }
  for (const auto& [place, id] : operators) {
    const Operator op = in.schema().Find(id)->As<Operator>();
    const std::size_t comma = id.arguments().find(", ");
    const std::string swapped = id.arguments().substr(comma + 2) + ", " + id.arguments().substr(0, comma);
    const auto link = [&](const std::string& name, const std::string& sides, std::string Operator::* member,
                          bool Operator::* open) {
      const auto found = operators.find(key(name, sides));
      if (name.empty() || found == operators.end()) return;
      Object& other = *in.schema().Find(found->second);
      std::string& back = other.As<Operator>().*member;
      if (!back.empty()) return;
      if (other.position < in.schema().Find(id)->position) {
        back = QualifiedOperator(id);
      } else {
        other.As<Operator>().*open = true;
        other.edges.push_back({id, EdgeKind::kSoft});
      }
    };
    link(op.commutator, swapped, &Operator::commutator, &Operator::commutator_open);
    link(op.negator, id.arguments(), &Operator::negator, &Operator::negator_open);
  }
}

}  // namespace

template <>
void RegisterStatements<Operator>(StatementRegistry& registry) {
  registry.statements["OBJECT_OPERATOR"] = CreateOperator;
  registry.statements["AlterOperatorStmt"] = AlterOperator;
  registry.declarations.emplace(
      "OBJECT_OPERATOR",
      StatementRegistry::Declaration{NameSpace::kOperator, ObjectKind::kOperator, NamesIn<"defnames">});
  registry.locators["OBJECT_OPERATOR"] = LocateOperator;
  registry.finishers.push_back(LinkBack);
}

}  // namespace schemadiff
