#include "parser/statements/foreign_options.h"

namespace schemadiff {
namespace {

// CURRENT_USER and its like are whoever runs the statement.
std::string UserName(const Interpreter& in, Node role) {
  const std::string_view type = role.Text("roletype");
  if (type == "ROLESPEC_PUBLIC") return "public";
  if (type == "ROLESPEC_CSTRING") return std::string(role.Text("rolename"));
  const std::string& user = in.names().external().current_user;
  return user.empty() ? "current_user" : user;
}

ObjectId MappingId(const Interpreter& in, const Statement& statement) {
  return ObjectId::Member(ObjectKind::kUserMapping,
                          ObjectId::Of(ObjectKind::kForeignServer, "", statement.node.Text("servername")),
                          UserName(in, statement.node["user"]));
}

Outcome Create(Interpreter& in, const Statement& statement) {
  const ObjectId id = MappingId(in, statement);
  if (!in.schema().Contains(id.parent()) && !in.names().external().Contains(id.parent())) {
    return in.Waiting(statement, -1, "foreign server", id.parent().name());
  }
  UserMapping mapping;
  ApplyForeignOptions(in, statement, statement.node["options"], mapping.options);
  in.Create(statement, in.NewObject(statement, -1, id, std::move(mapping)));
  return Outcome::kDone;
}

Outcome Alter(Interpreter& in, const Statement& statement) {
  const ObjectId id = MappingId(in, statement);
  Object* object = in.schema().Find(id);
  if (object == nullptr) return in.Waiting(statement, -1, "user mapping", id.ToString());
  ApplyForeignOptions(in, statement, statement.node["options"], object->As<UserMapping>().options);
  return Outcome::kDone;
}

Outcome Drop(Interpreter& in, const Statement& statement) {
  const ObjectId id = MappingId(in, statement);
  if (!in.schema().Contains(id)) return in.Waiting(statement, -1, "user mapping", id.ToString());
  in.Forget(id);
  return Outcome::kDone;
}

}  // namespace

template <>
void RegisterStatements<UserMapping>(StatementRegistry& registry) {
  registry.statements["CreateUserMappingStmt"] = Create;
  registry.statements["AlterUserMappingStmt"] = Alter;
  registry.statements["DropUserMappingStmt"] = Drop;
}

}  // namespace schemadiff
