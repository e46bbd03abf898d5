#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "parser/expressions.h"
#include "parser/statements/routine_parts.h"
#include "parser/types.h"
#include "support/quote.h"

namespace schemadiff {
namespace {

// RETURN ... or BEGIN ATOMIC ... END: the last part of the statement.
std::size_t BodyStart(const Statement& statement) {
  const Tokens& tokens = statement.file->tokens();
  const std::size_t end = statement.token_end;
  for (std::size_t at = statement.token_begin; at < end; ++at) {
    at = tokens.Find(at, end, "begin");
    if (at < end && tokens.Is(at + 1, "atomic")) return at;
  }
  return tokens.Find(statement.token_begin, end, "return");
}

std::string_view Word(bool procedure) { return procedure ? "procedure" : "function"; }

// An option given twice would be lost, and a routine without code is an error of the server's.
void CheckComplete(Interpreter& in, const Statement& statement, const Routine& routine) {
  if (routine.language.empty()) {
    in.Error(statement, -1, fmt::format("the {} says no language", Word(routine.procedure)), "add `LANGUAGE ...`");
  }
  if (routine.returns.sql.empty() && !routine.procedure && !routine.returns_set) {
    in.Error(statement, -1, "the function says no result type", "add `RETURNS ...`");
  }
}

Outcome CreateRoutine(Interpreter& in, const Statement& statement) {
  const Node node = statement.node;
  std::vector<Edge> edges;
  std::optional<RoutineSignature> signature = ParseSignature(in, statement, edges);
  if (!signature) return Outcome::kWaiting;
  const QualifiedName name = in.NewName(statement, Strings(node["funcname"]));
  Routine routine{.procedure = node.Bool("is_procedure"),
                  .arguments = std::move(signature->arguments),
                  .returns = std::move(signature->returns),
                  .returns_set = signature->returns_set,
                  .language = node["sql_body"] ? "sql" : ""};
  ApplyRoutineOptions(in, statement, node["options"], routine, edges);
  if (node["sql_body"]) {
    routine.sql_body =
        MakeExpression(in, statement, node["sql_body"], BodyStart(statement), statement.token_end, {}, edges);
  }
  // The symbol of a C function is its name unless it is given.
  if (routine.language == "c" && routine.library.empty()) routine.library = std::exchange(routine.body, name.name);
  CheckComplete(in, statement, routine);
  AddBodyEdges(in, statement, routine, edges);
  Object object = in.NewObject(
      statement, -1, ObjectId::Of(ObjectKind::kRoutine, name.schema, name.name, signature->identity), routine);
  object.edges = std::move(edges);
  Object* existing = in.schema().Find(object.id);
  if (existing == nullptr || !node.Bool("replace")) {
    in.Create(statement, std::move(object));
  } else if (existing->As<Routine>().procedure != routine.procedure) {
    in.Error(statement, -1,
             fmt::format("`{}` is a {} and cannot be replaced by a {}", object.id.ToString(), Word(!routine.procedure),
                         Word(routine.procedure)),
             fmt::format("it is declared at {}; remove one of them", existing->source.ToString()));
  } else {
    *existing = std::move(object);
  }
  return Outcome::kDone;
}

std::string AllTypes(const Routine& routine) {
  std::vector<std::string> types;
  for (const RoutineArgument& argument : routine.arguments) types.push_back(argument.type.sql);
  return Join(types, ", ");
}

template <typename Predicate>
std::vector<ObjectId> Candidates(Interpreter& in, const SearchPath& path, const std::string& name,
                                 Predicate&& is_meant) {
  std::vector<ObjectId> found;
  for (const std::string& schema : path) {
    for (const auto& [id, object] : in.schema().OfKind(ObjectKind::kRoutine)) {
      if (id.name() == name && id.schema() == schema && is_meant(object.template As<Routine>())) {
        found.push_back(id);
      }
    }
    if (!found.empty()) return found;
  }
  return found;
}

// An ObjectWithArgs; functions, procedures or both.
ObjectId FindRoutine(Interpreter& in, const Statement& statement, Node object, bool functions, bool procedures) {
  const std::vector<std::string> parts = Strings(object["objname"]);
  const SearchPath path = parts.size() > 1 ? SearchPath{parts[parts.size() - 2]} : *statement.search_path;
  const auto right_kind = [&](const Routine& routine) { return routine.procedure ? procedures : functions; };
  if (object.Bool("args_unspecified")) {
    const std::vector<ObjectId> found = Candidates(in, path, parts.back(), right_kind);
    if (found.size() > 1) {
      in.Waiting(statement, -1, "a single routine named", parts.back());
    }
    return found.size() == 1 ? found[0] : ObjectId();
  }
  const std::string inputs = ArgumentTypes(in, statement, object["objargs"]);
  for (const std::string& schema : path) {
    const ObjectId id = ObjectId::Of(ObjectKind::kRoutine, schema, parts.back(), inputs);
    const Object* routine = in.schema().Find(id);
    if (routine != nullptr && right_kind(routine->As<Routine>())) return id;
  }
  if (!procedures) return {};
  // A procedure may also be named by all its arguments (src/backend/parser/parse_func.c, LookupFuncWithArgs).
  const std::string all = ArgumentTypes(in, statement, object["objfuncargs"]);
  const std::vector<ObjectId> found = Candidates(
      in, path, parts.back(), [&](const Routine& routine) { return routine.procedure && AllTypes(routine) == all; });
  return found.size() == 1 ? found[0] : ObjectId();
}

template <bool kFunctions, bool kProcedures>
ObjectId LocateRoutine(Interpreter& in, const Statement& statement, Node object) {
  return FindRoutine(in, statement, object["ObjectWithArgs"], kFunctions, kProcedures);
}

Outcome AlterRoutine(Interpreter& in, const Statement& statement) {
  const std::string_view type = statement.node.Text("objtype");
  const Node object = statement.node["func"];
  const ObjectId id = FindRoutine(in, statement, object, type != "OBJECT_PROCEDURE", type != "OBJECT_FUNCTION");
  if (!id) return in.Waiting(statement, -1, "routine", Join(Strings(object["objname"]), "."));
  Object& routine = *in.schema().Find(id);
  ApplyRoutineOptions(in, statement, statement.node["actions"], routine.As<Routine>(), routine.edges);
  return Outcome::kDone;
}

// An expression names a routine, aggregate or operator without saying which overload: then it depends on all of them.
void ExpandOverloads(Interpreter& in) {
  std::map<std::tuple<ObjectKind, std::string, std::string>, std::vector<ObjectId>> overloads;
  in.schema().ForEachOfKinds([](ObjectKind kind) { return !NameSpaces(kind).empty(); },
                             [&](ObjectId id, const Object&) {
                               if (id.parent()) return;
                               overloads[{id.kind(), id.schema(), id.name()}].push_back(id);
                             });
  for (auto& [key, ids] : overloads) std::ranges::sort(ids);
  for (auto [id, object] : in.schema()) {
    const auto is_settled = [&, own = id](const Edge& edge) {
      return edge.target != own && edge.target.arguments() != "*";
    };
    if (object.edges.empty() || (object.edges.size() == 1 && is_settled(object.edges.front()))) continue;
    std::vector<Edge> edges;
    std::set<std::pair<ObjectId, EdgeKind>> seen;
    const auto add = [&](ObjectId target, EdgeKind kind) {
      const bool calls_itself = target == id && !StandsIn(id.kind(), NameSpace::kRelation);
      if (!calls_itself && seen.emplace(target, kind).second) edges.push_back({target, kind});
    };
    for (const Edge& edge : object.edges) {
      if (edge.target.arguments() != "*") {
        add(edge.target, edge.kind);
        continue;
      }
      const auto found = overloads.find({edge.target.kind(), edge.target.schema(), edge.target.name()});
      if (found == overloads.end()) continue;
      for (const ObjectId overload : found->second) add(overload, edge.kind);
    }
    object.edges = std::move(edges);
  }
}

}  // namespace

std::string ArgumentTypes(Interpreter& in, const Statement& statement, Node list) {
  std::vector<std::string> types;
  for (const Node item : list.Items()) {
    const Node parameter = item["FunctionParameter"];
    types.push_back(RoutineTypeName(in, statement, parameter ? parameter["argType"] : item["TypeName"]));
  }
  return Join(types, ", ");
}

std::string ResolveSignature(Interpreter& in, const Statement& statement, Node object, const std::string& unspecified,
                             std::vector<Edge>& edges) {
  const std::vector<std::string> parts = Strings(object["objname"]);
  const std::string types =
      object.Bool("args_unspecified") ? unspecified : ArgumentTypes(in, statement, object["objargs"]);
  const Resolution found = in.names().Resolve(NameSpace::kRoutine, parts, *statement.search_path);
  if (found.origin == Resolution::Origin::kDeclared) {
    edges.push_back({ObjectId::Of(ObjectKind::kRoutine, found.name.schema, found.name.name, types)});
  }
  const bool built_in = found.name.schema == "pg_catalog";
  return fmt::format("{}({})", QuoteQualified(built_in ? "" : found.name.schema, found.name.name), types);
}

ObjectId FindFunctionOrProcedure(Interpreter& in, const Statement& statement, Node object) {
  return FindRoutine(in, statement, object, true, true);
}

template <>
void RegisterStatements<Routine>(StatementRegistry& registry) {
  registry.statements["CreateFunctionStmt"] = CreateRoutine;
  registry.statements["AlterFunctionStmt"] = AlterRoutine;
  registry.declarations.emplace(
      "CreateFunctionStmt",
      StatementRegistry::Declaration{NameSpace::kRoutine, ObjectKind::kRoutine, NamesIn<"funcname">});
  registry.locators["OBJECT_FUNCTION"] = LocateRoutine<true, false>;
  registry.locators["OBJECT_PROCEDURE"] = LocateRoutine<false, true>;
  registry.finishers.push_back(ExpandOverloads);
}

}  // namespace schemadiff
