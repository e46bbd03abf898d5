#include "parser/references.h"
#include "parser/statements/foreign_options.h"
#include "parser/statements/locate.h"

namespace schemadiff {
namespace {

ObjectId ServerId(const Statement& statement) {
  return ObjectId::Of(ObjectKind::kForeignServer, "", statement.node.Text("servername"));
}

// The wrapper is declared, or an extension's.
Outcome CreateForeignServer(Interpreter& in, const Statement& statement) {
  const Node node = statement.node;
  const ObjectId wrapper = ObjectId::Of(ObjectKind::kForeignDataWrapper, "", node.Text("fdwname"));
  std::vector<Edge> edges;
  if (in.schema().Contains(wrapper)) {
    edges.push_back({wrapper});
  } else if (!in.names().MayComeFromExtension() && !in.names().external().Contains(wrapper)) {
    return in.Waiting(statement, -1, "foreign-data wrapper", wrapper.name());
  }
  if (edges.empty()) AddExtensionEdges(in, edges);
  ForeignServer server{.wrapper = wrapper.name(),
                       .type = std::string(node.Text("servertype")),
                       .version = std::string(node.Text("version"))};
  ApplyForeignOptions(in, statement, node["options"], server.options);
  Object object = in.NewObject(statement, -1, ServerId(statement), std::move(server));
  object.edges = std::move(edges);
  in.Create(statement, std::move(object));
  return Outcome::kDone;
}

Outcome AlterForeignServer(Interpreter& in, const Statement& statement) {
  Object* object = in.schema().Find(ServerId(statement));
  if (object == nullptr) return in.Waiting(statement, -1, "foreign server", statement.node.Text("servername"));
  ForeignServer& server = object->As<ForeignServer>();
  if (statement.node.Bool("has_version")) server.version = statement.node.Text("version");
  ApplyForeignOptions(in, statement, statement.node["options"], server.options);
  return Outcome::kDone;
}

}  // namespace

template <>
void RegisterStatements<ForeignServer>(StatementRegistry& registry) {
  registry.statements["CreateForeignServerStmt"] = CreateForeignServer;
  registry.statements["AlterForeignServerStmt"] = AlterForeignServer;
  registry.locators["OBJECT_FOREIGN_SERVER"] = LocateGlobal<ObjectKind::kForeignServer>;
}

}  // namespace schemadiff
