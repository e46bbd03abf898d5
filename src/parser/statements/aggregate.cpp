#include <fmt/format.h>

#include <algorithm>

#include "parser/interpreter.h"
#include "parser/references.h"
#include "parser/statements/routine_parts.h"
#include "parser/types.h"
#include "support/quote.h"

namespace schemadiff {
namespace {

using FinalModify = AggregateComputation::FinalModify;

std::string Identity(const Aggregate& aggregate) {
  std::vector<std::string> types;
  for (const RoutineArgument& argument : aggregate.arguments) types.push_back(argument.type.sql);
  return Join(types, ", ");
}

// `args` holds all arguments, and how many of them stand before ORDER BY, or -1 (gram.y, aggr_args).
void ReadArguments(Interpreter& in, const Statement& statement, Aggregate& aggregate, std::vector<Edge>& edges) {
  const std::vector<Node> parts = statement.node["args"].Items();
  if (parts.size() < 2) return;
  for (const Node item : parts[0]["List"]["items"].Items()) {
    const Node parameter = item["FunctionParameter"];
    ResolveType(in, statement, parameter["argType"], edges);
    aggregate.arguments.push_back({.mode = ModeOfParameter(parameter.Text("mode")),
                                   .name = std::string(parameter.Text("name")),
                                   .type = {RoutineTypeName(in, statement, parameter["argType"])}});
  }
  const std::int64_t direct = parts[1]["Integer"].Int("ival");
  if (direct < 0) return;
  aggregate.form = Aggregate::Form::kOrderedSet;
  aggregate.direct_arguments = direct;
}

// Before version 8.2 the argument was an option; "ANY" stood for none.
void ReadBaseType(Interpreter& in, const Statement& statement, Node argument, Aggregate& aggregate,
                  std::vector<Edge>& edges) {
  const std::string text = OptionText(argument);
  if (std::ranges::equal(text, std::string_view("any"), {}, [](unsigned char c) { return std::tolower(c); })) return;
  if (!argument.As("TypeName")) {
    in.Error(statement, -1, fmt::format("`{}` is no name of a type", text),
             "write the arguments in parentheses behind the aggregate's name");
    return;
  }
  ResolveType(in, statement, argument["TypeName"], edges);
  aggregate.arguments.push_back({.type = {RoutineTypeName(in, statement, argument["TypeName"])}});
}

FinalModify ModifyOf(Interpreter& in, const Statement& statement, Node option) {
  const std::string text = OptionText(option["arg"]);
  if (text == "shareable") return FinalModify::kShareable;
  if (text == "read_write") return FinalModify::kReadWrite;
  if (text != "read_only") {
    in.Error(statement, option.Location(), fmt::format("`{}` is no way to treat the state", text),
             "READ_ONLY, SHAREABLE and READ_WRITE are possible");
  }
  return FinalModify::kReadOnly;
}

std::int64_t NumberOf(Node argument) {
  return argument.As("Integer") ? argument["Integer"].Int("ival")
                                : std::strtoll(OptionText(argument).c_str(), nullptr, 10);
}

// The options that the plain computation and the moving one share; false when it is none of them.
bool ReadComputation(Interpreter& in, const Statement& statement, std::string_view key, Node option,
                     AggregateComputation& computation, std::vector<Edge>& edges) {
  const Node argument = option["arg"];
  const auto routine = [&] {
    return ResolveReference(in, statement, NameSpace::kRoutine, NameInOption(argument), edges);
  };
  if (key == "sfunc" || key == "sfunc1") {
    computation.transition = routine();
  } else if (key == "stype" || key == "stype1") {
    ResolveType(in, statement, argument["TypeName"], edges);
    computation.state_type = {RoutineTypeName(in, statement, argument["TypeName"])};
  } else if (key == "sspace") {
    computation.state_size = NumberOf(argument);
  } else if (key == "finalfunc") {
    computation.final = routine();
  } else if (key == "finalfunc_extra") {
    computation.final_extra = FlagOf(argument);
  } else if (key == "finalfunc_modify") {
    computation.final_modify = ModifyOf(in, statement, option);
  } else if (key == "initcond" || key == "initcond1") {
    computation.initial = OptionText(argument);
  } else {
    return false;
  }
  return true;
}

void ReadAggregateOption(Interpreter& in, const Statement& statement, Node option, Aggregate& aggregate,
                         std::vector<Edge>& edges) {
  const std::string_view key = option.Text("defname");
  const Node argument = option["arg"];
  const auto routine = [&] {
    return ResolveReference(in, statement, NameSpace::kRoutine, NameInOption(argument), edges);
  };
  if (ReadComputation(in, statement, key, option, aggregate.plain, edges)) return;
  if (key.starts_with('m') && ReadComputation(in, statement, key.substr(1), option, aggregate.moving, edges)) return;
  if (key == "minvfunc") {
    aggregate.moving.inverse = routine();
  } else if (key == "combinefunc") {
    aggregate.combine = routine();
  } else if (key == "serialfunc") {
    aggregate.serialize = routine();
  } else if (key == "deserialfunc") {
    aggregate.deserialize = routine();
  } else if (key == "sortop") {
    aggregate.sort_operator = ResolveOperator(in, statement, NameInOption(argument), edges);
  } else if (key == "parallel") {
    const std::string text = OptionText(argument);
    using enum Routine::Parallel;
    aggregate.parallel = text == "safe" ? kSafe : text == "restricted" ? kRestricted : kUnsafe;
  } else if (key == "hypothetical") {
    if (FlagOf(argument)) aggregate.form = Aggregate::Form::kHypothetical;
  } else if (key == "basetype") {
    ReadBaseType(in, statement, argument, aggregate, edges);
  } else {
    ReportUnknownOption(in, statement, option, "an aggregate");
  }
}

// An ordered set's final function may use up the state unless it says otherwise (manual: CREATE AGGREGATE).
void SetDefaultModify(Node definition, Aggregate& aggregate) {
  if (aggregate.form == Aggregate::Form::kNormal) return;
  bool plain = false;
  bool moving = false;
  for (const Node item : definition.Items()) {
    plain = plain || item["DefElem"].Text("defname") == "finalfunc_modify";
    moving = moving || item["DefElem"].Text("defname") == "mfinalfunc_modify";
  }
  if (!plain) aggregate.plain.final_modify = FinalModify::kReadWrite;
  if (!moving) aggregate.moving.final_modify = FinalModify::kReadWrite;
}

Outcome CreateAggregate(Interpreter& in, const Statement& statement) {
  const Node node = statement.node;
  const QualifiedName name = in.NewName(statement, Strings(node["defnames"]));
  Aggregate aggregate;
  std::vector<Edge> edges;
  ReadArguments(in, statement, aggregate, edges);
  for (const Node item : node["definition"].Items())
    ReadAggregateOption(in, statement, item["DefElem"], aggregate, edges);
  SetDefaultModify(node["definition"], aggregate);
  if (aggregate.plain.transition.empty() || aggregate.plain.state_type.sql.empty()) {
    in.Error(statement, -1, "the aggregate says no state function or no state type",
             "add `SFUNC = ...` and `STYPE = ...`");
  }
  const ObjectId id = ObjectId::Of(ObjectKind::kAggregate, name.schema, name.name, Identity(aggregate));
  Object object = in.NewObject(statement, -1, id, std::move(aggregate));
  object.edges = std::move(edges);
  in.CreateOrReplace(statement, std::move(object), node.Bool("replace"));
  return Outcome::kDone;
}

ObjectId FindAggregate(Interpreter& in, const Statement& statement, Node object) {
  const std::vector<std::string> parts = Strings(object["objname"]);
  const SearchPath path = parts.size() > 1 ? SearchPath{parts[parts.size() - 2]} : *statement.search_path;
  const std::string types = ArgumentTypes(in, statement, object["objargs"]);
  for (const std::string& schema : path) {
    const ObjectId id = ObjectId::Of(ObjectKind::kAggregate, schema, parts.back(), types);
    if (in.schema().Contains(id)) return id;
  }
  return {};
}

ObjectId LocateAggregate(Interpreter& in, const Statement& statement, Node object) {
  return FindAggregate(in, statement, object["ObjectWithArgs"]);
}

// ROUTINE means functions, procedures and aggregates.
ObjectId LocateAnyRoutine(Interpreter& in, const Statement& statement, Node object) {
  const ObjectId id = FindFunctionOrProcedure(in, statement, object["ObjectWithArgs"]);
  return id ? id : FindAggregate(in, statement, object["ObjectWithArgs"]);
}

}  // namespace

template <>
void RegisterStatements<Aggregate>(StatementRegistry& registry) {
  registry.statements["OBJECT_AGGREGATE"] = CreateAggregate;
  registry.declarations.emplace(
      "OBJECT_AGGREGATE",
      StatementRegistry::Declaration{NameSpace::kRoutine, ObjectKind::kAggregate, NamesIn<"defnames">});
  registry.locators["OBJECT_AGGREGATE"] = LocateAggregate;
  registry.locators["OBJECT_ROUTINE"] = LocateAnyRoutine;
}

}  // namespace schemadiff
