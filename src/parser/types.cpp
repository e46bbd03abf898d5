#include "parser/types.h"

#include <fmt/format.h>

#include <unordered_map>

#include "parser/references.h"
#include "support/quote.h"

namespace schemadiff {
namespace {

// format_type()'s names of the types that the grammar spells differently; `{}` is where the modifier goes.
const std::unordered_map<std::string_view, std::pair<std::string_view, std::string_view>>& StandardNames() {
  static const std::unordered_map<std::string_view, std::pair<std::string_view, std::string_view>> names = {
      {"int2", {"smallint", ""}},
      {"int4", {"integer", ""}},
      {"int8", {"bigint", ""}},
      {"float4", {"real", ""}},
      {"float8", {"double precision", ""}},
      {"bool", {"boolean", ""}},
      {"varchar", {"character varying", ""}},
      {"varbit", {"bit varying", ""}},
      {"time", {"time", " without time zone"}},
      {"timetz", {"time", " with time zone"}},
      {"timestamp", {"timestamp", " without time zone"}},
      {"timestamptz", {"timestamp", " with time zone"}},
  };
  return names;
}

std::string ModifierText(Node item) {
  if (const Node column = item["ColumnRef"]) return Join(Strings(column["fields"]), ".");
  return OptionText(item);
}

// Interval's modifier is a mask of fields and a precision: INTERVAL_MASK() of utils/timestamp.h.
std::string IntervalFields(std::int64_t mask) {
  static const std::unordered_map<std::int64_t, std::string_view> fields = {
      {1 << 2, " year"},
      {1 << 1, " month"},
      {1 << 3, " day"},
      {1 << 10, " hour"},
      {1 << 11, " minute"},
      {1 << 12, " second"},
      {(1 << 2) | (1 << 1), " year to month"},
      {(1 << 3) | (1 << 10), " day to hour"},
      {(1 << 3) | (1 << 10) | (1 << 11), " day to minute"},
      {(1 << 3) | (1 << 10) | (1 << 11) | (1 << 12), " day to second"},
      {(1 << 10) | (1 << 11), " hour to minute"},
      {(1 << 10) | (1 << 11) | (1 << 12), " hour to second"},
      {(1 << 11) | (1 << 12), " minute to second"},
  };
  const auto found = fields.find(mask);
  return found == fields.end() ? std::string() : std::string(found->second);
}

std::string BuiltInType(std::string_view name, const std::vector<std::string>& modifiers) {
  if (name == "char") return "\"char\"";
  if (name == "interval" && !modifiers.empty()) {
    const std::string fields = IntervalFields(std::stoll(modifiers[0]));
    return "interval" + fields + (modifiers.size() > 1 ? "(" + modifiers[1] + ")" : "");
  }
  std::string argument = Join(modifiers, ",");
  if (name == "numeric" && modifiers.size() == 1) argument += ",0";
  if (name == "bpchar") return argument.empty() ? "bpchar" : fmt::format("character({})", argument);
  std::string_view base = name;
  std::string_view suffix;
  if (const auto found = StandardNames().find(name); found != StandardNames().end()) {
    base = found->second.first;
    suffix = found->second.second;
  }
  std::string text(base);
  if (!argument.empty()) text.append("(").append(argument).append(")");
  return text.append(suffix);
}

struct Named {
  std::string text;
  Resolution resolution;
};

Named NameOfType(const Interpreter& interpreter, const Statement& statement, Node type_name, bool with_modifiers) {
  const std::vector<std::string> parts = Strings(type_name["names"]);
  Resolution resolution = interpreter.names().Resolve(NameSpace::kType, parts, *statement.search_path);
  std::vector<std::string> modifiers;
  if (with_modifiers) {
    for (const Node item : type_name["typmods"].Items()) modifiers.push_back(ModifierText(item));
  }
  std::string text;
  if (resolution.origin == Resolution::Origin::kBuiltIn && resolution.name.schema == "pg_catalog") {
    text = BuiltInType(resolution.name.name, modifiers);
  } else {
    text = QuoteQualified(resolution.name.schema, resolution.name.name);
    if (!modifiers.empty()) text += "(" + Join(modifiers, ",") + ")";
  }
  // PostgreSQL keeps no number of dimensions in a type.
  if (type_name["arrayBounds"].Count() > 0) text += "[]";
  return {std::move(text), std::move(resolution)};
}

}  // namespace

DataType ResolveType(Interpreter& interpreter, const Statement& statement, Node type_name, std::vector<Edge>& edges) {
  auto [text, resolution] = NameOfType(interpreter, statement, type_name, true);
  using enum Resolution::Origin;
  if (resolution.origin == kDeclared) {
    const ObjectKind kind = *interpreter.names().DeclaredKind(NameSpace::kType, resolution.name);
    edges.push_back({ObjectId::Of(kind, resolution.name.schema, resolution.name.name)});
  } else if (resolution.origin == kUnknown) {
    if (!interpreter.names().MayComeFromExtension()) {
      interpreter.Error(statement, type_name.Location(),
                        fmt::format("type `{}` does not exist", Join(Strings(type_name["names"]), ".")),
                        "declare it in the schema files, correct the name, or create the extension that brings it");
    }
    AddExtensionEdges(interpreter, edges);
  }
  return {std::move(text)};
}

std::string ArgumentType(const Interpreter& interpreter, const Statement& statement, Node type_name) {
  return NameOfType(interpreter, statement, type_name, false).text;
}

std::string ResolveCollation(Interpreter& interpreter, const Statement& statement, Node names,
                             std::vector<Edge>& edges) {
  const std::vector<std::string> parts = Strings(names);
  if (parts.empty()) return {};
  interpreter.NoteCollation();
  if (parts.size() <= 2 && parts.back() == "default" && (parts.size() == 1 || parts.front() == "pg_catalog")) {
    return "\"default\"";
  }
  return ResolveReference(interpreter, statement, NameSpace::kCollation, parts, edges);
}

}  // namespace schemadiff
