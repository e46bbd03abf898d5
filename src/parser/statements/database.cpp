#include "parser/interpreter.h"

namespace schemadiff {
namespace {

// The connected one is there, whatever the files declare.
ObjectId LocateDatabase(Interpreter& in, const Statement&, Node object) {
  const std::string_view name = object["String"].Text("sval");
  const std::string& connected = in.names().external().database;
  return connected.empty() || name == connected ? ObjectId::Of(ObjectKind::kDatabase, "", name) : ObjectId();
}

}  // namespace

template <>
void RegisterStatements<Database>(StatementRegistry& registry) {
  registry.locators["OBJECT_DATABASE"] = LocateDatabase;
}

}  // namespace schemadiff
