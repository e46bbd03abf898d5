#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <unordered_map>
#include <unordered_set>

#include "parser/references.h"
#include "parser/statements/locate.h"
#include "parser/statements/routine_parts.h"
#include "parser/types.h"
#include "support/quote.h"

namespace schemadiff {
namespace {

using FunctionMember = std::string BaseType::*;

// The options that name functions.
FunctionMember FunctionOption(std::string_view key) {
  static const std::unordered_map<std::string_view, FunctionMember> options = {
      {"input", &BaseType::input},     {"output", &BaseType::output},       {"receive", &BaseType::receive},
      {"send", &BaseType::send},       {"typmod_in", &BaseType::typmod_in}, {"typmod_out", &BaseType::typmod_out},
      {"analyze", &BaseType::analyze}, {"analyse", &BaseType::analyze},     {"subscript", &BaseType::subscript},
  };
  const auto found = options.find(key);
  return found == options.end() ? nullptr : found->second;
}

std::string LastPart(Node argument) {
  const std::vector<std::string> parts = NameInOption(argument);
  return parts.empty() ? OptionText(argument) : parts.back();
}

// How PostgreSQL lays out its own types (src/include/catalog/pg_type.dat), for LIKE.
struct Layout {
  std::int64_t length;
  bool by_value;
  std::string_view alignment;
  std::string_view storage;
};
const Layout* LayoutOf(std::string_view type) {
  static const std::unordered_map<std::string_view, Layout> layouts = {
      {"bool", {1, true, "char", "plain"}},
      {"char", {1, true, "char", "plain"}},
      {"name", {64, false, "char", "plain"}},
      {"int2", {2, true, "int2", "plain"}},
      {"int4", {4, true, "int4", "plain"}},
      {"int8", {8, true, "double", "plain"}},
      {"oid", {4, true, "int4", "plain"}},
      {"float4", {4, true, "int4", "plain"}},
      {"float8", {8, true, "double", "plain"}},
      {"money", {8, true, "double", "plain"}},
      {"text", {-1, false, "int4", "extended"}},
      {"varchar", {-1, false, "int4", "extended"}},
      {"bpchar", {-1, false, "int4", "extended"}},
      {"bytea", {-1, false, "int4", "extended"}},
      {"json", {-1, false, "int4", "extended"}},
      {"jsonb", {-1, false, "int4", "extended"}},
      {"xml", {-1, false, "int4", "extended"}},
      {"numeric", {-1, false, "int4", "main"}},
      {"inet", {-1, false, "int4", "main"}},
      {"cidr", {-1, false, "int4", "main"}},
      {"date", {4, true, "int4", "plain"}},
      {"time", {8, true, "double", "plain"}},
      {"timetz", {12, false, "double", "plain"}},
      {"timestamp", {8, true, "double", "plain"}},
      {"timestamptz", {8, true, "double", "plain"}},
      {"interval", {16, false, "double", "plain"}},
      {"uuid", {16, false, "char", "plain"}},
      {"macaddr", {6, false, "int4", "plain"}},
      {"macaddr8", {8, false, "int4", "plain"}},
      {"point", {16, false, "double", "plain"}},
      {"lseg", {32, false, "double", "plain"}},
      {"box", {32, false, "double", "plain"}},
      {"circle", {24, false, "double", "plain"}},
      {"path", {-1, false, "double", "extended"}},
      {"polygon", {-1, false, "double", "extended"}},
      {"tsvector", {-1, false, "int4", "extended"}},
  };
  const auto found = layouts.find(type);
  return found == layouts.end() ? nullptr : &found->second;
}

// LIKE gives the layout, which other options may override wherever they stand.
Outcome ApplyLike(Interpreter& in, const Statement& statement, Node option, BaseType& type) {
  const std::vector<std::string> parts = NameInOption(option["arg"]);
  const ObjectId id = LocateType(in, statement, option["arg"], {ObjectKind::kBaseType});
  if (id) {
    const BaseType& other = in.schema().Find(id)->As<BaseType>();
    type.length = other.length;
    type.by_value = other.by_value;
    type.alignment = other.alignment;
    type.storage = other.storage;
  } else if (const Layout* layout = LayoutOf(parts.back())) {
    type.length = layout->length;
    type.by_value = layout->by_value;
    type.alignment = layout->alignment;
    type.storage = layout->storage;
  } else if (in.names().IsDeclared(NameSpace::kType, in.NameForCreation(statement, parts))) {
    return in.Waiting(statement, option.Location(), "base type", Join(parts, "."));
  } else {
    in.Error(statement, option.Location(), fmt::format("the layout of type `{}` is not known", Join(parts, ".")),
             "write INTERNALLENGTH, PASSEDBYVALUE, ALIGNMENT and STORAGE in place of LIKE");
  }
  return Outcome::kDone;
}

void SetAlignment(Interpreter& in, const Statement& statement, Node option, BaseType& type) {
  static const std::unordered_map<std::string_view, std::string_view> names = {
      {"double", "double"}, {"float8", "double"}, {"int4", "int4"},
      {"int2", "int2"},     {"char", "char"},     {"bpchar", "char"},
  };
  const auto found = names.find(LastPart(option["arg"]));
  if (found == names.end()) {
    in.Error(statement, option.Location(), "the alignment is unknown", "char, int2, int4 and double are possible");
  } else {
    type.alignment = found->second;
  }
}

// Options that ALTER TYPE ... SET has, too; false when it is none of them.
bool ReadAlterable(Interpreter& in, const Statement& statement, Node option, BaseType& type, std::vector<Edge>& edges) {
  const std::string_view key = option.Text("defname");
  if (const FunctionMember member = FunctionOption(key)) {
    type.*member = ResolveReference(in, statement, NameSpace::kRoutine, NameInOption(option["arg"]), edges);
  } else if (key == "storage") {
    type.storage = LastPart(option["arg"]);
  } else {
    return false;
  }
  return true;
}

void ReadBaseTypeOption(Interpreter& in, const Statement& statement, Node option, BaseType& type,
                        std::vector<Edge>& edges) {
  const std::string_view key = option.Text("defname");
  const Node argument = option["arg"];
  if (ReadAlterable(in, statement, option, type, edges) || key == "like") return;
  if (key == "internallength") {
    const std::string text = LastPart(argument);
    type.length = text == "variable" ? -1 : std::strtoll(text.c_str(), nullptr, 10);
  } else if (key == "passedbyvalue") {
    type.by_value = FlagOf(argument);
  } else if (key == "alignment") {
    SetAlignment(in, statement, option, type);
  } else if (key == "category") {
    type.category = OptionText(argument).substr(0, 1);
  } else if (key == "preferred") {
    type.preferred = FlagOf(argument);
  } else if (key == "default") {
    type.default_value = OptionText(argument);
  } else if (key == "element") {
    type.element = ResolveType(in, statement, argument["TypeName"], edges);
  } else if (key == "delimiter") {
    type.delimiter = OptionText(argument).substr(0, 1);
  } else if (key == "collatable") {
    type.collatable = FlagOf(argument);
  } else {
    ReportUnknownOption(in, statement, option, "a base type");
  }
}

Outcome CreateShell(Interpreter& in, const Statement& statement, const QualifiedName& name, ObjectId id) {
  const bool defined =
      in.schema().Contains(id) || in.schema().Contains(ObjectId::Of(ObjectKind::kRange, name.schema, name.name));
  if (!defined) in.Create(statement, in.NewObject(statement, -1, id, BaseType{.shell = true}));
  return Outcome::kDone;
}

Outcome CreateBaseType(Interpreter& in, const Statement& statement) {
  const QualifiedName name = in.NewName(statement, Strings(statement.node["defnames"]));
  const ObjectId id = ObjectId::Of(ObjectKind::kBaseType, name.schema, name.name);
  const std::vector<Node> definition = statement.node["definition"].Items();
  if (definition.empty()) return CreateShell(in, statement, name, id);
  BaseType type;
  std::vector<Edge> edges;
  for (const Node item : definition) {
    const Node option = item["DefElem"];
    if (option.Text("defname") != "like") continue;
    if (ApplyLike(in, statement, option, type) == Outcome::kWaiting) return Outcome::kWaiting;
  }
  for (const Node item : definition) ReadBaseTypeOption(in, statement, item["DefElem"], type, edges);
  if (type.input.empty() || type.output.empty()) {
    in.Error(statement, -1, "the base type says no input or no output function",
             "add `INPUT = ...` and `OUTPUT = ...`");
  }
  if (!type.element.sql.empty() && type.subscript.empty()) type.subscript = "raw_array_subscript_handler";
  Object object = in.NewObject(statement, -1, id, std::move(type));
  object.edges = std::move(edges);
  if (Object* existing = in.schema().Find(id); existing != nullptr && existing->As<BaseType>().shell) {
    *existing = std::move(object);
  } else {
    in.Create(statement, std::move(object));
  }
  return Outcome::kDone;
}

Outcome AlterBaseType(Interpreter& in, const Statement& statement) {
  const ObjectId id = LocateType(in, statement, statement.node["typeName"], {ObjectKind::kBaseType});
  if (!id) return in.Waiting(statement, -1, "base type", Join(Strings(statement.node["typeName"]), "."));
  Object& object = *in.schema().Find(id);
  for (const Node item : statement.node["options"].Items()) {
    if (!ReadAlterable(in, statement, item["DefElem"], object.As<BaseType>(), object.edges)) {
      ReportUnknownOption(in, statement, item["DefElem"], "a base type");
    }
  }
  return Outcome::kDone;
}

// A type's functions that take or give it come after its shell and before itself.
void UntieFromShells(Interpreter& in) {
  const auto names = [](const Object& type, ObjectId routine) {
    return std::ranges::any_of(type.edges, [&](const Edge& edge) {
      const ObjectId named = edge.target;  // Perhaps all overloads of the name.
      return named.kind() == ObjectKind::kRoutine && named.name() == routine.name() &&
             named.schema() == routine.schema() && (named == routine || named.arguments() == "*");
    });
  };
  for (auto [id, object] : in.schema().OfKind(ObjectKind::kRoutine)) {
    for (Edge& edge : object.edges) {
      if (edge.target.kind() != ObjectKind::kBaseType && edge.target.kind() != ObjectKind::kRange) continue;
      const Object* type = in.schema().Find(edge.target);
      if (type == nullptr || !names(*type, id)) continue;
      edge.target = ObjectId::Of(ObjectKind::kBaseType, type->id.schema(), type->id.name(), kShellArgument);
    }
  }
}

}  // namespace

template <>
void RegisterStatements<BaseType>(StatementRegistry& registry) {
  registry.statements["OBJECT_TYPE"] = CreateBaseType;
  registry.statements["AlterTypeStmt"] = AlterBaseType;
  registry.declarations.emplace(
      "OBJECT_TYPE", StatementRegistry::Declaration{NameSpace::kType, ObjectKind::kBaseType, NamesIn<"defnames">});
  registry.finishers.push_back(UntieFromShells);
}

}  // namespace schemadiff
