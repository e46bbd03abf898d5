#include "parser/interpreter.h"
#include "parser/statements/locate.h"

namespace schemadiff {
namespace {

ObjectId ExtensionId(std::string_view name) { return ObjectId::Of(ObjectKind::kExtension, "", name); }

std::string OptionOf(const Statement& statement, std::string_view name) {
  for (const Node item : statement.node["options"].Items()) {
    if (item["DefElem"].Text("defname") == name) return OptionText(item["DefElem"]["arg"]);
  }
  return {};
}

// Names that the files do not declare may come from it, wherever its statement stands.
void DeclareExtension(Interpreter& in, const Statement& statement, std::vector<Statement>&) {
  in.names().DeclareExtension(statement.node.Text("extname"));
}

Outcome CreateExtension(Interpreter& in, const Statement& statement) {
  Extension extension{.schema = OptionOf(statement, "schema"), .version = OptionOf(statement, "new_version")};
  in.Create(statement, in.NewObject(statement, -1, ExtensionId(statement.node.Text("extname")), std::move(extension)));
  return Outcome::kDone;
}

// ALTER EXTENSION ... UPDATE. Without TO, it goes to the default version, which only the server knows.
Outcome UpdateExtension(Interpreter& in, const Statement& statement) {
  const std::string_view name = statement.node.Text("extname");
  Object* extension = in.schema().Find(ExtensionId(name));
  if (extension == nullptr) return in.Waiting(statement, -1, "extension", name);
  extension->As<Extension>().version = OptionOf(statement, "new_version");
  return Outcome::kDone;
}

// Its schema is an attribute, which ALTER EXTENSION ... SET SCHEMA may have changed.
void AddSchemaEdges(Interpreter& in) {
  for (auto [id, object] : in.schema().OfKind(ObjectKind::kExtension)) {
    const ObjectId schema = ObjectId::Of(ObjectKind::kNamespace, "", object.As<Extension>().schema);
    if (in.schema().Contains(schema)) object.edges.push_back({schema});
  }
}

// A database holds it from the start. Files that declare a schema say so or do not; a history begins with it.
void AddPlpgsql(Interpreter& in) {
  if (!in.replays()) return;
  in.schema().Add({.id = ObjectId::Of(ObjectKind::kExtension, "", "plpgsql"), .attributes = Extension()});
}

}  // namespace

template <>
void RegisterStatements<Extension>(StatementRegistry& registry) {
  registry.statements["CreateExtensionStmt"] = CreateExtension;
  registry.statements["AlterExtensionStmt"] = UpdateExtension;
  registry.preparers["CreateExtensionStmt"] = DeclareExtension;
  registry.starters.push_back(AddPlpgsql);
  registry.finishers.push_back(AddSchemaEdges);
  registry.locators["OBJECT_EXTENSION"] = LocateGlobal<ObjectKind::kExtension>;
}

}  // namespace schemadiff
