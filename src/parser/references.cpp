#include "parser/references.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "support/quote.h"

namespace schemadiff {
namespace {

struct Reference {
  std::string schema;  ///< Empty for pg_catalog.
  std::string name;
};

// What PostgreSQL has itself is named after types, and after what it does: src/include/catalog/pg_opclass.dat.
bool IsExtensionsOperatorClass(NameSpace space, std::string_view name) {
  constexpr std::string_view kOps = "_ops";
  constexpr auto kSorts =
      std::to_array<std::string_view>({"_bloom", "_inclusion", "_minmax", "_minmax_multi", "_path", "_pattern"});
  constexpr auto kOthers = std::to_array<std::string_view>(
      {"array", "enum", "kd_point", "multirange", "poly", "quad_point", "range", "record_image"});
  if (space != NameSpace::kOperatorClass) return false;
  if (!name.ends_with(kOps)) return true;
  name.remove_suffix(kOps.size());
  for (const std::string_view sort : kSorts) {
    if (name.ends_with(sort)) {
      name.remove_suffix(sort.size());
      break;
    }
  }
  return !IsBuiltInType(name) && !std::ranges::contains(kOthers, name);
}

Reference Resolve(Interpreter& in, const Statement& statement, NameSpace space, const std::vector<std::string>& parts,
                  std::vector<Edge>& edges) {
  using enum Resolution::Origin;
  const Resolution found = in.names().Resolve(space, parts, *statement.search_path);
  if (found.origin == kDeclared) {
    // An aggregate or a range type of the name would be another overload: only functions are named so.
    const ObjectKind kind =
        space == NameSpace::kRoutine ? ObjectKind::kRoutine : *in.names().DeclaredKind(space, found.name);
    const bool overloaded = space == NameSpace::kRoutine || space == NameSpace::kOperator ||
                            space == NameSpace::kOperatorClass || space == NameSpace::kOperatorFamily;
    edges.push_back({ObjectId::Of(kind, found.name.schema, found.name.name, overloaded ? "*" : "")});
  } else if (found.origin == kUnknown && (parts.size() > 1 || IsExtensionsOperatorClass(space, parts.back()))) {
    AddExtensionEdges(in, edges);
  }
  return {found.name.schema == "pg_catalog" ? std::string() : found.name.schema, found.name.name};
}

}  // namespace

void AddExtensionEdges(const Interpreter& in, std::vector<Edge>& edges) {
  for (const std::string& name : in.names().extensions()) {
    const ObjectId extension = ObjectId::Of(ObjectKind::kExtension, "", name);
    if (!in.replays() || in.schema().Contains(extension)) edges.push_back({extension});
  }
}

std::string ResolveReference(Interpreter& in, const Statement& statement, NameSpace space,
                             const std::vector<std::string>& parts, std::vector<Edge>& edges) {
  if (parts.empty()) return {};
  const Reference found = Resolve(in, statement, space, parts, edges);
  return QuoteQualified(found.schema, found.name);
}

std::string ResolveOperator(Interpreter& in, const Statement& statement, const std::vector<std::string>& parts,
                            std::vector<Edge>& edges) {
  if (parts.empty()) return {};
  const Reference found = Resolve(in, statement, NameSpace::kOperator, parts, edges);
  return QuoteIdentifier(found.schema.empty() ? "pg_catalog" : found.schema) + "." + found.name;
}

// Which overload is meant depends on the types of the arguments: all of that name come first.
void AddCallEdges(const Names& names, const QualifiedName& name, EdgeKind kind, std::vector<Edge>& edges) {
  for (const ObjectKind called : {ObjectKind::kRoutine, ObjectKind::kAggregate}) {
    edges.push_back({ObjectId::Of(called, name.schema, name.name, "*"), kind});
  }
  const std::optional<ObjectKind> declared = names.DeclaredKind(NameSpace::kRoutine, name);
  if (declared && IsType(*declared)) edges.push_back({ObjectId::Of(*declared, name.schema, name.name), kind});
}

std::vector<std::string> NameInOption(Node argument) {
  if (argument.As("TypeName")) return Strings(argument["TypeName"]["names"]);
  if (argument.As("List")) return Strings(argument);
  if (argument.As("String")) return {std::string(argument["String"].Text("sval"))};
  return {};
}

bool FlagOf(Node argument) {
  const std::string text = OptionText(argument);
  return text == "true" || text == "on" || text == "1";
}

void ReportUnknownOption(Interpreter& in, const Statement& statement, Node option, std::string_view of_what) {
  in.Error(statement, option.Location(),
           fmt::format("option `{}` of {} is not understood", option.Text("defname"), of_what), "remove it");
}

}  // namespace schemadiff
