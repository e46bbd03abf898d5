#include "parser/roles.h"
#include "parser/statements/foreign_options.h"

namespace schemadiff {
namespace {

// Nothing when the role is not known.
std::optional<ObjectId> MappingId(Interpreter& in, const Statement& statement) {
  const std::optional<std::string> role = FindRole(in, statement, statement.node["user"]);
  if (!role) return std::nullopt;
  return ObjectId::Member(ObjectKind::kUserMapping,
                          ObjectId::Of(ObjectKind::kForeignServer, "", statement.node.Text("servername")), *role);
}

Outcome CreateUserMapping(Interpreter& in, const Statement& statement) {
  const std::optional<ObjectId> id = MappingId(in, statement);
  if (!id) return Outcome::kWaiting;
  if (!in.schema().Contains(id->parent()) && !in.names().external().Contains(id->parent())) {
    return in.Waiting(statement, -1, "foreign server", id->parent().name());
  }
  UserMapping mapping;
  ApplyForeignOptions(in, statement, statement.node["options"], mapping.options);
  Object object = in.NewObject(statement, -1, *id, std::move(mapping));
  object.edges.push_back({RoleId(id->name())});
  in.Create(statement, std::move(object));
  return Outcome::kDone;
}

Outcome AlterUserMapping(Interpreter& in, const Statement& statement) {
  const std::optional<ObjectId> id = MappingId(in, statement);
  if (!id) return Outcome::kWaiting;
  Object* object = in.schema().Find(*id);
  if (object == nullptr) return in.Waiting(statement, -1, "user mapping", id->ToString());
  ApplyForeignOptions(in, statement, statement.node["options"], object->As<UserMapping>().options);
  return Outcome::kDone;
}

Outcome DropUserMapping(Interpreter& in, const Statement& statement) {
  const std::optional<ObjectId> id = MappingId(in, statement);
  if (!id) return Outcome::kWaiting;
  if (!in.schema().Contains(*id)) return in.Waiting(statement, -1, "user mapping", id->ToString());
  in.Forget(*id);
  return Outcome::kDone;
}

}  // namespace

template <>
void RegisterStatements<UserMapping>(StatementRegistry& registry) {
  registry.statements["CreateUserMappingStmt"] = CreateUserMapping;
  registry.statements["AlterUserMappingStmt"] = AlterUserMapping;
  registry.statements["DropUserMappingStmt"] = DropUserMapping;
}

}  // namespace schemadiff
