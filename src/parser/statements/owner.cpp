#include <fmt/format.h>

#include "parser/roles.h"
#include "parser/statements/owners.h"
#include "support/quote.h"

namespace schemadiff {
namespace {

Outcome SetTo(Interpreter& in, const Statement& statement, ObjectId object, Node role) {
  const std::optional<std::string> name = FindRole(in, statement, role);
  if (!name) return Outcome::kWaiting;
  SetOwner(in, statement, object, *name);
  return Outcome::kDone;
}

Outcome AlterOwner(Interpreter& in, const Statement& statement) {
  const Node node = statement.node;
  const std::string_view type = node.Text("objectType");
  if (type == "OBJECT_DATABASE" && IsElsewhere(in, statement, node["object"]["String"].Text("sval"))) {
    return Outcome::kDone;
  }
  const auto locator = in.registry().locators.find(type);
  if (locator == in.registry().locators.end()) {
    in.Warning(statement, -1, fmt::format("owners of {} are not managed; this one is passed over", type));
    return Outcome::kDone;
  }
  const ObjectId id = locator->second(in, statement, node["object"]);
  if (!id) {
    const Node object = node["object"]["ObjectWithArgs"] ? node["object"]["ObjectWithArgs"]["objname"] : node["object"];
    return in.Waiting(statement, -1, "object",
                      object.IsArray() || object["List"] ? Join(Strings(object), ".") : OptionText(object));
  }
  return SetTo(in, statement, id, node["newowner"]);
}

// A partition's or child's owner is its own. An index belongs to its table's owner; PostgreSQL passes over what is
// said.
Outcome ChangeOwner(Interpreter& in, const Statement& statement, ObjectId target, Node command) {
  if (target.parent()) return Outcome::kDone;
  return SetTo(in, statement, target, command["newowner"]);
}

}  // namespace

void SetOwner(Interpreter& in, const Statement& statement, ObjectId object, const std::string& role, bool creates) {
  const ObjectId id = ObjectId::Member(ObjectKind::kOwner, object, "");
  const Object* former = in.schema().Find(id);
  Owner owner{.role = role, .creator = creates ? role : former ? former->As<Owner>().creator : ""};
  Object declared{.id = id, .attributes = std::move(owner)};
  declared.source = in.Location(statement, -1);
  declared.edges.push_back({RoleId(role)});
  if (!creates) declared.annotations = in.ClaimAnnotations(statement, -1);
  in.schema().Add(std::move(declared));
}

bool IsElsewhere(Interpreter& in, const Statement& statement, std::string_view database) {
  const std::string& connected = in.names().external().database;
  if (connected.empty() || database == connected) return false;
  in.Warning(statement, -1,
             fmt::format("database `{}` is not the one that is connected to; this is passed over", database));
  return true;
}

template <>
void RegisterStatements<Owner>(StatementRegistry& registry) {
  registry.statements["AlterOwnerStmt"] = AlterOwner;
  registry.subcommands["AT_ChangeOwner"] = ChangeOwner;
}

}  // namespace schemadiff
