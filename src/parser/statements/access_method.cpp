#include "parser/references.h"
#include "parser/statements/locate.h"

namespace schemadiff {
namespace {

ObjectId AccessMethodId(std::string_view name) { return ObjectId::Of(ObjectKind::kAccessMethod, "", name); }

Outcome CreateAccessMethod(Interpreter& in, const Statement& statement) {
  const Node node = statement.node;
  std::vector<Edge> edges;
  AccessMethod method{
      .type = node.Text("amtype") == "t" ? AccessMethod::Type::kTable : AccessMethod::Type::kIndex,
      .handler = ResolveReference(in, statement, NameSpace::kRoutine, Strings(node["handler_name"]), edges)};
  Object object = in.NewObject(statement, -1, AccessMethodId(node.Text("amname")), std::move(method));
  object.edges = std::move(edges);
  in.Create(statement, std::move(object));
  return Outcome::kDone;
}

// Tables, indexes, operator classes and families come after the access method that they name.
void FollowAccessMethods(Interpreter& in) {
  if (in.schema().OfKind(ObjectKind::kAccessMethod).empty()) return;
  for (auto [id, object] : in.schema()) {
    std::string name;
    if (id.kind() == ObjectKind::kOperatorClass || id.kind() == ObjectKind::kOperatorFamily) name = id.arguments();
    Visit(
        [&](const auto& attributes) {
          if constexpr (requires { attributes.access_method; }) name = attributes.access_method;
        },
        object.attributes);
    if (!name.empty() && in.schema().Contains(AccessMethodId(name))) object.edges.push_back({AccessMethodId(name)});
  }
}

}  // namespace

template <>
void RegisterStatements<AccessMethod>(StatementRegistry& registry) {
  registry.statements["CreateAmStmt"] = CreateAccessMethod;
  registry.locators["OBJECT_ACCESS_METHOD"] = LocateGlobal<ObjectKind::kAccessMethod>;
  registry.finishers.push_back(FollowAccessMethods);
}

}  // namespace schemadiff
