#include <fmt/format.h>

#include <algorithm>

#include "parser/references.h"
#include "parser/statements/operator_members.h"
#include "parser/statements/routine_parts.h"
#include "parser/types.h"
#include "support/quote.h"

namespace schemadiff {
namespace {

// The family that FAMILY names, or that of the class's own name, which CREATE OPERATOR CLASS makes where it does not
// exist (src/backend/commands/opclasscmds.c, DefineOpClass).
std::vector<QualifiedName> FamilyName(const Interpreter& in, const Statement& statement) {
  const Node given = statement.node["opfamilyname"];
  return {in.NameForCreation(statement, Strings(given ? given : statement.node["opclassname"]))};
}

std::vector<QualifiedName> ImpliedFamily(const Interpreter& in, const Statement& statement) {
  return statement.node["opfamilyname"] ? std::vector<QualifiedName>() : FamilyName(in, statement);
}

// The identity of its family; one that is not there yet and is not named is made.
ObjectId FamilyOf(Interpreter& in, const Statement& statement) {
  const Node node = statement.node;
  const std::string_view access_method = node.Text("amname");
  if (node["opfamilyname"]) {
    return FindOperatorGroup(in, statement, ObjectKind::kOperatorFamily, Strings(node["opfamilyname"]), access_method);
  }
  const QualifiedName name = FamilyName(in, statement).front();
  const ObjectId id = ObjectId::Of(ObjectKind::kOperatorFamily, name.schema, name.name, access_method);
  if (!in.schema().Contains(id)) {
    Object family{.id = id, .attributes = OperatorFamily{}};
    family.source = in.Location(statement, -1);
    in.Create(statement, std::move(family));
  }
  return id;
}

// A class made into one of the server's own families.
std::string ForeignFamily(Interpreter& in, const Statement& statement, std::vector<Edge>& edges) {
  return ResolveReference(in, statement, NameSpace::kOperatorFamily, Strings(statement.node["opfamilyname"]), edges);
}

bool IsDeclaredFamily(const Interpreter& in, const Statement& statement) {
  const std::vector<std::string> parts = Strings(statement.node["opfamilyname"]);
  return parts.empty() || in.names().Resolve(NameSpace::kOperatorFamily, parts, *statement.search_path).origin ==
                              Resolution::Origin::kDeclared;
}

void ReadItems(Interpreter& in, const Statement& statement, OperatorClass& operator_class, std::vector<Edge>& edges,
               Object* family) {
  for (const Node item : statement.node["items"].Items()) {
    const Node member = item["CreateOpClassItem"];
    if (member.Int("itemtype") == 3) {
      ResolveType(in, statement, member["storedtype"], edges);
      operator_class.storage = {RoutineTypeName(in, statement, member["storedtype"])};
      if (operator_class.storage == operator_class.type) operator_class.storage = {};
      continue;
    }
    std::vector<Edge> member_edges;
    FamilyMember read = ReadMember(in, statement, member, operator_class.type.sql, member_edges);
    const bool own = family == nullptr || GoesWithClass(statement.node.Text("amname"), read, operator_class.type.sql);
    std::vector<Edge>& all = own ? edges : family->edges;
    all.insert(all.end(), member_edges.begin(), member_edges.end());
    const std::int64_t number = read.number;
    if (!InsertMember(own ? operator_class.members : family->As<OperatorFamily>().members, std::move(read))) {
      in.Error(statement, -1, fmt::format("member {} of the operator class is declared twice", number),
               "remove one of them");
    }
  }
}

Outcome CreateOperatorClass(Interpreter& in, const Statement& statement) {
  const Node node = statement.node;
  const QualifiedName name = in.NewName(statement, Strings(node["opclassname"]));
  std::vector<Edge> edges;
  ResolveType(in, statement, node["datatype"], edges);
  OperatorClass operator_class{.type = {RoutineTypeName(in, statement, node["datatype"])},
                               .is_default = node.Bool("isDefault")};
  Object* family = nullptr;
  if (IsDeclaredFamily(in, statement)) {
    const ObjectId id = FamilyOf(in, statement);
    if (!id) return in.Waiting(statement, -1, "operator family", Join(Strings(node["opfamilyname"]), "."));
    family = in.schema().Find(id);
    operator_class.family = QuoteQualified(id.schema(), id.name());
    edges.push_back({id});
  } else {
    operator_class.family = ForeignFamily(in, statement, edges);
  }
  ReadItems(in, statement, operator_class, edges, family);
  Object object =
      in.NewObject(statement, -1, ObjectId::Of(ObjectKind::kOperatorClass, name.schema, name.name, node.Text("amname")),
                   std::move(operator_class));
  object.edges = std::move(edges);
  in.Create(statement, std::move(object));
  return Outcome::kDone;
}

// Whoever indexes or sorts by a type takes its default class without naming it: that comes first, where it can.
void PreferDefaultClasses(Interpreter& in) {
  std::vector<ObjectId> defaults;
  for (const auto& [id, object] : in.schema().OfKind(ObjectKind::kOperatorClass)) {
    if (object.As<OperatorClass>().is_default) defaults.push_back(id);
  }
  std::ranges::sort(defaults);
  using enum ObjectKind;
  for (const ObjectKind kind : {kIndex, kKey, kExclusion, kTable, kRange, kView, kMaterializedView}) {
    for (auto [id, object] : in.schema().OfKind(kind)) {
      for (const ObjectId target : defaults) object.edges.push_back({target, EdgeKind::kSoft});
    }
  }
}

}  // namespace

template <>
void RegisterStatements<OperatorClass>(StatementRegistry& registry) {
  registry.statements["CreateOpClassStmt"] = CreateOperatorClass;
  registry.declarations.emplace(
      "CreateOpClassStmt",
      StatementRegistry::Declaration{NameSpace::kOperatorClass, ObjectKind::kOperatorClass, NamesIn<"opclassname">});
  registry.declarations.emplace(
      "CreateOpClassStmt",
      StatementRegistry::Declaration{NameSpace::kOperatorFamily, ObjectKind::kOperatorFamily, ImpliedFamily});
  registry.locators["OBJECT_OPCLASS"] = LocateOperatorGroup<ObjectKind::kOperatorClass>;
  registry.finishers.push_back(PreferDefaultClasses);
}

}  // namespace schemadiff
