#include "parser/statements/named_object.h"

namespace schemadiff {
namespace {

// NULL takes it away. Which provider is meant without FOR depends on what the server has loaded.
Outcome SetLabel(Interpreter& in, const Statement& statement) {
  const Node node = statement.node;
  const NamedObject target = FindNamedObject(in, statement, "security labels");
  if (!target.id) return target.outcome;
  if (!node["provider"]) {
    in.Error(statement, -1, "a security label without a provider depends on what the server has loaded",
             "name the provider: `SECURITY LABEL FOR provider ON ...`");
    return Outcome::kDone;
  }
  const ObjectId id = ObjectId::Member(ObjectKind::kSecurityLabel, target.id, node.Text("provider"));
  if (node["label"]) {
    in.schema().Add(in.NewObject(statement, -1, id, SecurityLabel{std::string(node.Text("label"))}));
  } else {
    in.schema().Remove(id);
  }
  return Outcome::kDone;
}

}  // namespace

template <>
void RegisterStatements<SecurityLabel>(StatementRegistry& registry) {
  registry.statements["SecLabelStmt"] = SetLabel;
}

}  // namespace schemadiff
