#include "parser/interpreter.h"
#include "support/quote.h"

namespace schemadiff {
namespace {

// A function by its arguments, a trigger by its table, an index or materialized view as a relation.
ObjectId FindDependent(Interpreter& in, const Statement& statement) {
  const Node node = statement.node;
  const std::string_view type = node.Text("objectType");
  if (!node["relation"]) {
    const auto locator = in.registry().locators.find(type);
    return locator == in.registry().locators.end() ? ObjectId() : locator->second(in, statement, node["object"]);
  }
  const ObjectId relation = in.FindRelation(statement, node["relation"]);
  const auto member = in.registry().members.find(type);
  if (!relation || member == in.registry().members.end()) return relation;
  const ObjectId id = ObjectId::Member(member->second, relation, Strings(node["object"]).back());
  return in.schema().Contains(id) ? id : ObjectId();
}

Outcome SetDependency(Interpreter& in, const Statement& statement) {
  const Node node = statement.node;
  const ObjectId dependent = FindDependent(in, statement);
  if (!dependent) {
    const Tokens& tokens = statement.file->tokens();
    const std::size_t end = tokens.Find(statement.token_begin, statement.token_end, "depends");
    return in.Waiting(statement, -1, "object", tokens.Slice(statement.token_begin + 2, end));
  }
  const std::string name(node["extname"].Text("sval"));
  const ObjectId id = ObjectId::Member(ObjectKind::kExtensionDependency, dependent, name);
  if (node.Bool("remove")) {
    in.schema().Remove(id);
    return Outcome::kDone;
  }
  const ObjectId extension = ObjectId::Of(ObjectKind::kExtension, "", name);
  if (!in.schema().Contains(extension) && !in.names().external().Contains(extension)) {
    return in.Waiting(statement, -1, "extension", name);
  }
  Object object = in.NewObject(statement, -1, id, ExtensionDependency{name});
  object.edges.push_back({extension});
  in.schema().Add(std::move(object));
  return Outcome::kDone;
}

}  // namespace

template <>
void RegisterStatements<ExtensionDependency>(StatementRegistry& registry) {
  registry.statements["AlterObjectDependsStmt"] = SetDependency;
}

}  // namespace schemadiff
