#include <fmt/format.h>

#include <unordered_map>

#include "parser/interpreter.h"
#include "parser/references.h"
#include "parser/types.h"
#include "support/quote.h"

namespace schemadiff {
namespace {

constexpr std::size_t kMaxNameBytes = 63;

// src/backend/catalog/pg_type.c, makeMultirangeTypeName.
std::string DefaultMultirangeName(const std::string& range) {
  const std::size_t place = range.find("range");
  std::string name = place == std::string::npos ? range.substr(0, kMaxNameBytes - 11) + "_multirange"
                                                : range.substr(0, place) + "multi" + range.substr(place);
  std::size_t end = std::min(name.size(), kMaxNameBytes);
  while (end < name.size() && end > 0 && (static_cast<unsigned char>(name[end]) & 0xC0) == 0x80) --end;
  name.resize(end);
  return name;
}

// The multirange type is created in the schema that its own name gives, or in the range's.
QualifiedName MultirangeName(const Interpreter& in, const Statement& statement) {
  const QualifiedName range = in.NameForCreation(statement, Strings(statement.node["typeName"]));
  for (const Node item : statement.node["params"].Items()) {
    if (item["DefElem"].Text("defname") != "multirange_type_name") continue;
    return in.NameForCreation(statement, NameInOption(item["DefElem"]["arg"]));
  }
  return {range.schema, DefaultMultirangeName(range.name)};
}

std::vector<QualifiedName> NamesOfRange(const Interpreter& in, const Statement& statement) {
  return {in.NameForCreation(statement, Strings(statement.node["typeName"])), MultirangeName(in, statement)};
}

Outcome CreateRange(Interpreter& in, const Statement& statement) {
  const QualifiedName name = in.NewName(statement, Strings(statement.node["typeName"]));
  const QualifiedName multirange = MultirangeName(in, statement);
  Range range{.multirange = QuoteQualified(multirange.schema, multirange.name)};
  std::vector<Edge> edges;
  for (const Node item : statement.node["params"].Items()) {
    const Node option = item["DefElem"];
    const std::string_view key = option.Text("defname");
    const Node argument = option["arg"];
    const auto refer = [&](NameSpace space) {
      return ResolveReference(in, statement, space, NameInOption(argument), edges);
    };
    if (key == "subtype") {
      range.subtype = ResolveType(in, statement, argument["TypeName"], edges);
    } else if (key == "subtype_opclass") {
      range.operator_class = refer(NameSpace::kOperatorClass);
    } else if (key == "collation") {
      range.collation = ResolveCollation(in, statement, argument["TypeName"]["names"], edges);
    } else if (key == "canonical") {
      range.canonical = refer(NameSpace::kRoutine);
    } else if (key == "subtype_diff") {
      range.subtype_diff = refer(NameSpace::kRoutine);
    } else if (key != "multirange_type_name") {
      ReportUnknownOption(in, statement, option, "a range type");
    }
  }
  if (range.subtype.sql.empty()) {
    in.Error(statement, -1, "the range type says no subtype", "add `SUBTYPE = ...`");
  }
  // A shell becomes the type.
  const ObjectId shell = ObjectId::Of(ObjectKind::kBaseType, name.schema, name.name);
  if (const Object* object = in.schema().Find(shell); object != nullptr && object->As<BaseType>().shell)
    in.Forget(shell);
  Object object =
      in.NewObject(statement, -1, ObjectId::Of(ObjectKind::kRange, name.schema, name.name), std::move(range));
  object.edges = std::move(edges);
  in.Create(statement, std::move(object));
  return Outcome::kDone;
}

// Whoever names the multirange type, or calls a constructor, depends on the range type.
void FollowToRanges(Interpreter& in) {
  std::unordered_map<std::string, ObjectId> by_multirange;
  for (const auto& [id, object] : in.schema().OfKind(ObjectKind::kRange)) {
    by_multirange.emplace(object.As<Range>().multirange, id);
  }
  if (by_multirange.empty()) return;
  for (auto [id, object] : in.schema()) {
    for (Edge& edge : object.edges) {
      if (edge.target.kind() != ObjectKind::kRange || in.schema().Contains(edge.target)) continue;
      const auto found = by_multirange.find(QuoteQualified(edge.target.schema(), edge.target.name()));
      if (found != by_multirange.end()) edge.target = found->second;
    }
  }
}

}  // namespace

template <>
void RegisterStatements<Range>(StatementRegistry& registry) {
  registry.statements["CreateRangeStmt"] = CreateRange;
  for (const NameSpace space : {NameSpace::kType, NameSpace::kRoutine}) {  // Its constructors bear its name.
    registry.declarations.emplace("CreateRangeStmt",
                                  StatementRegistry::Declaration{space, ObjectKind::kRange, NamesOfRange});
  }
  registry.finishers.push_back(FollowToRanges);
}

}  // namespace schemadiff
