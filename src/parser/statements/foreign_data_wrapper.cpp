#include <fmt/format.h>

#include "parser/statements/foreign_options.h"
#include "parser/statements/function_name.h"
#include "parser/statements/locate.h"

namespace schemadiff {
namespace {

// HANDLER and VALIDATOR, those that the statement has; whether they are known.
bool SetFunctions(Interpreter& in, const Statement& statement, ForeignDataWrapper& wrapper, std::vector<Edge>& edges) {
  for (const Node item : statement.node["func_options"].Items()) {
    const Node element = item["DefElem"];
    const bool is_handler = element.Text("defname") == "handler";
    std::string& function = is_handler ? wrapper.handler : wrapper.validator;
    function.clear();
    if (!element["arg"]) continue;  // NO HANDLER
    const auto found = ResolveFunctionName(in, statement, Strings(element["arg"]), is_handler ? "" : "text[], oid",
                                           is_handler ? "handler function" : "validator function", edges);
    if (!found) return false;
    function = *found;
  }
  return true;
}

Outcome CreateForeignDataWrapper(Interpreter& in, const Statement& statement) {
  ForeignDataWrapper wrapper;
  std::vector<Edge> edges;
  if (!SetFunctions(in, statement, wrapper, edges)) return Outcome::kWaiting;
  ApplyForeignOptions(in, statement, statement.node["options"], wrapper.options);
  const ObjectId id = ObjectId::Of(ObjectKind::kForeignDataWrapper, "", statement.node.Text("fdwname"));
  Object object = in.NewObject(statement, -1, id, std::move(wrapper));
  object.edges = std::move(edges);
  in.Create(statement, std::move(object));
  return Outcome::kDone;
}

Outcome AlterForeignDataWrapper(Interpreter& in, const Statement& statement) {
  const std::string_view name = statement.node.Text("fdwname");
  Object* object = in.schema().Find(ObjectId::Of(ObjectKind::kForeignDataWrapper, "", name));
  if (object == nullptr) return in.Waiting(statement, -1, "foreign-data wrapper", name);
  ForeignDataWrapper wrapper = object->As<ForeignDataWrapper>();
  std::vector<Edge> edges = object->edges;
  if (!SetFunctions(in, statement, wrapper, edges)) return Outcome::kWaiting;
  ApplyForeignOptions(in, statement, statement.node["options"], wrapper.options);
  object->attributes = std::move(wrapper);
  object->edges = std::move(edges);
  return Outcome::kDone;
}

Outcome ImportSchema(Interpreter& in, const Statement& statement) {
  in.Error(statement, -1, "which tables `IMPORT FOREIGN SCHEMA` brings only the foreign server knows",
           "declare them with CREATE FOREIGN TABLE, as pg_dump writes them after an import");
  return Outcome::kDone;
}

}  // namespace

template <>
void RegisterStatements<ForeignDataWrapper>(StatementRegistry& registry) {
  registry.statements["CreateFdwStmt"] = CreateForeignDataWrapper;
  registry.statements["AlterFdwStmt"] = AlterForeignDataWrapper;
  registry.statements["ImportForeignSchemaStmt"] = ImportSchema;
  registry.locators["OBJECT_FDW"] = LocateGlobal<ObjectKind::kForeignDataWrapper>;
}

}  // namespace schemadiff
