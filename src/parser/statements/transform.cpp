#include "parser/references.h"
#include "parser/statements/routine_parts.h"
#include "parser/types.h"

namespace schemadiff {
namespace {

Outcome CreateTransform(Interpreter& in, const Statement& statement) {
  const Node node = statement.node;
  std::vector<Edge> edges;
  ResolveType(in, statement, node["type_name"], edges);
  const ObjectId id =
      ObjectId::Of(ObjectKind::kTransform, "", RoutineTypeName(in, statement, node["type_name"]), node.Text("lang"));
  Transform transform;
  if (node["fromsql"]) transform.from_sql = ResolveSignature(in, statement, node["fromsql"], "internal", edges);
  if (node["tosql"]) transform.to_sql = ResolveSignature(in, statement, node["tosql"], "internal", edges);
  const ObjectId language = ObjectId::Of(ObjectKind::kLanguage, "", node.Text("lang"));
  const ObjectId extension = ObjectId::Of(ObjectKind::kExtension, "", node.Text("lang"));
  edges.push_back({language});
  edges.push_back({extension});
  Object object = in.NewObject(statement, -1, id, std::move(transform));
  object.edges = std::move(edges);
  in.CreateOrReplace(statement, std::move(object), node.Bool("replace"));
  return Outcome::kDone;
}

// Named by a type and a language.
ObjectId LocateTransform(Interpreter& in, const Statement& statement, Node object) {
  const std::vector<Node> parts = object["List"]["items"].Items();
  if (parts.size() != 2) return {};
  const ObjectId id = ObjectId::Of(ObjectKind::kTransform, "", RoutineTypeName(in, statement, parts[0]["TypeName"]),
                                   parts[1]["String"].Text("sval"));
  return in.schema().Contains(id) ? id : ObjectId();
}

}  // namespace

template <>
void RegisterStatements<Transform>(StatementRegistry& registry) {
  registry.statements["CreateTransformStmt"] = CreateTransform;
  registry.locators["OBJECT_TRANSFORM"] = LocateTransform;
}

}  // namespace schemadiff
