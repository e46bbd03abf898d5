#include "parser/statements/composite_type.h"

#include <fmt/format.h>

#include <algorithm>

#include "parser/follow_names.h"
#include "parser/statements/locate.h"
#include "parser/types.h"
#include "support/quote.h"

namespace schemadiff {
namespace {

CompositeAttribute MakeAttribute(Interpreter& in, const Statement& statement, Node column, std::vector<Edge>& edges) {
  return {.name = std::string(column.Text("colname")),
          .type = ResolveType(in, statement, column["typeName"], edges),
          .collation = ResolveCollation(in, statement, column["collClause"]["collname"], edges)};
}

auto FindAttribute(std::vector<CompositeAttribute>& attributes, std::string_view name) {
  return std::ranges::find(attributes, name, &CompositeAttribute::name);
}

Outcome CreateCompositeType(Interpreter& in, const Statement& statement) {
  const QualifiedName name = in.NewName(statement, statement.node["typevar"]);
  CompositeType type;
  std::vector<Edge> edges;
  for (const Node item : statement.node["coldeflist"].Items()) {
    const Node column = item["ColumnDef"];
    if (FindAttribute(type.attributes, column.Text("colname")) != type.attributes.end()) {
      in.Error(statement, column.Location(), fmt::format("attribute `{}` is declared twice", column.Text("colname")),
               "remove one of them");
      continue;
    }
    type.attributes.push_back(MakeAttribute(in, statement, column, edges));
  }
  Object object =
      in.NewObject(statement, -1, ObjectId::Of(ObjectKind::kCompositeType, name.schema, name.name), std::move(type));
  object.edges = std::move(edges);
  for (const Node item : statement.node["coldeflist"].Items()) {
    in.ClaimMemberAnnotations(statement, object, item["ColumnDef"].Location(),
                              std::string(item["ColumnDef"].Text("colname")));
  }
  in.Create(statement, std::move(object));
  return Outcome::kDone;
}

// Edges to types that no attribute has any more.
void DropStaleEdges(Object& object) {
  std::erase_if(object.edges, [&](const Edge& edge) {
    const std::string name = QuoteQualified(edge.target.schema(), edge.target.name());
    return edge.target.kind() != ObjectKind::kExtension && edge.target.kind() != ObjectKind::kCollation &&
           std::ranges::none_of(object.As<CompositeType>().attributes, [&](const CompositeAttribute& attribute) {
             return attribute.type.sql.substr(0, attribute.type.sql.find_first_of("([")) == name;
           });
  });
}

Outcome AddAttribute(Interpreter& in, const Statement& statement, Object& type, Node column) {
  auto& attributes = type.As<CompositeType>().attributes;
  if (FindAttribute(attributes, column.Text("colname")) != attributes.end()) {
    in.Error(statement, column.Location(), fmt::format("attribute `{}` is declared twice", column.Text("colname")),
             "remove one of them");
    return Outcome::kDone;
  }
  attributes.push_back(MakeAttribute(in, statement, column, type.edges));
  return Outcome::kDone;
}

ObjectId LocateAnyType(Interpreter& in, const Statement& statement, Node object) {
  static const std::vector<ObjectKind> types = [] {
    std::vector<ObjectKind> kinds;
#define SCHEMADIFF_KIND(Struct, file, label) \
  if (IsType(ObjectKind::k##Struct)) kinds.push_back(ObjectKind::k##Struct);
#include "model/object_kinds.def"
#undef SCHEMADIFF_KIND
    return kinds;
  }();
  return LocateType(in, statement, object, types);
}

}  // namespace

ObjectId LocateType(Interpreter& in, const Statement& statement, Node object, const std::vector<ObjectKind>& kinds) {
  const std::vector<std::string> parts = Strings(object.As("TypeName") ? object["TypeName"]["names"] : object);
  if (parts.empty()) return {};
  const SearchPath path = parts.size() > 1 ? SearchPath{parts[parts.size() - 2]} : *statement.search_path;
  for (const std::string& schema : path) {
    for (const ObjectKind kind : kinds) {
      const ObjectId id = ObjectId::Of(kind, schema, parts.back());
      if (in.schema().Contains(id)) return id;
    }
  }
  return {};
}

Outcome AlterCompositeType(Interpreter& in, const Statement& statement, ObjectId type, Node command) {
  Object& object = *in.schema().Find(type);
  const std::string_view subtype = command.Text("subtype");
  if (subtype == "AT_AddColumn" && in.replays()) SettleNames(in, type, {});
  if (subtype == "AT_AddColumn") return AddAttribute(in, statement, object, command["def"]["ColumnDef"]);
  auto& attributes = object.As<CompositeType>().attributes;
  const std::string_view name = command.Text("name");
  const auto attribute = FindAttribute(attributes, name);
  if (attribute == attributes.end()) {
    if (command.Bool("missing_ok")) return Outcome::kDone;
    return in.Waiting(statement, -1, "attribute", fmt::format("{}.{}", type.ToString(), QuoteIdentifier(name)));
  }
  if (subtype == "AT_DropColumn") {
    attributes.erase(attribute);
    in.schema().Remove(ObjectId::Member(ObjectKind::kColumn, type, name));  // What is said of it.
  } else if (subtype == "AT_AlterColumnType") {
    CompositeAttribute changed = MakeAttribute(in, statement, command["def"]["ColumnDef"], object.edges);
    changed.name = name;
    *attribute = std::move(changed);
  } else {
    in.Error(statement, -1, "this form of `ALTER TYPE` is not understood", "write what it leads to in `CREATE TYPE`");
  }
  DropStaleEdges(object);
  return Outcome::kDone;
}

Outcome RenameCompositeAttribute(Interpreter& in, const Statement& statement) {
  const Node relation = statement.node["relation"];
  const ObjectId type = in.FindRelation(statement, relation);
  if (!type || type.kind() != ObjectKind::kCompositeType) {
    return in.Waiting(statement, relation.Location(), "composite type", Join(RelationParts(relation), "."));
  }
  const std::string_view name = statement.node.Text("subname");
  auto& attributes = in.schema().Find(type)->As<CompositeType>().attributes;
  const auto attribute = FindAttribute(attributes, name);
  if (attribute == attributes.end()) {
    return in.Waiting(statement, -1, "attribute", fmt::format("{}.{}", type.ToString(), QuoteIdentifier(name)));
  }
  const std::string to(statement.node.Text("newname"));
  if (in.replays()) FollowColumn(in, type, attribute->name, to);
  attribute->name = to;
  in.schema().Rename(ObjectId::Member(ObjectKind::kColumn, type, name),
                     ObjectId::Member(ObjectKind::kColumn, type, to));
  return Outcome::kDone;
}

template <>
void RegisterStatements<CompositeType>(StatementRegistry& registry) {
  registry.statements["CompositeTypeStmt"] = CreateCompositeType;
  for (const NameSpace space : {NameSpace::kType, NameSpace::kRelation}) {
    registry.declarations.emplace(
        "CompositeTypeStmt", StatementRegistry::Declaration{space, ObjectKind::kCompositeType, RelationIn<"typevar">});
  }
  registry.locators["OBJECT_TYPE"] = LocateAnyType;
}

}  // namespace schemadiff
