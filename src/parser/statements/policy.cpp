#include <fmt/format.h>

#include <algorithm>
#include <unordered_map>

#include "parser/expressions.h"
#include "parser/roles.h"
#include "parser/statements/locate.h"
#include "support/quote.h"

namespace schemadiff {
namespace {

// Sorted, each once; none for PUBLIC, which makes any other pointless. Nothing when one is not known.
std::optional<std::vector<std::string>> RolesIn(Interpreter& in, const Statement& statement, std::vector<Edge>& edges) {
  std::optional<std::vector<std::string>> roles = FindRoles(in, statement, statement.node["roles"]);
  if (!roles) return std::nullopt;
  if (std::ranges::contains(*roles, "public")) roles->clear();
  std::ranges::sort(*roles);
  roles->erase(std::ranges::unique(*roles).begin(), roles->end());
  for (const std::string& role : *roles) edges.push_back({RoleId(role)});
  return roles;
}

Policy::Command CommandOf(std::string_view name) {
  static const std::unordered_map<std::string_view, Policy::Command> commands = {
      {"select", Policy::Command::kSelect},
      {"insert", Policy::Command::kInsert},
      {"update", Policy::Command::kUpdate},
      {"delete", Policy::Command::kDelete},
  };
  const auto found = commands.find(name);
  return found == commands.end() ? Policy::Command::kAll : found->second;
}

// USING and WITH CHECK, those that the statement has.
void SetExpressions(Interpreter& in, const Statement& statement, ObjectId table, Policy& policy,
                    std::vector<Edge>& edges) {
  const Tokens& tokens = statement.file->tokens();
  std::int64_t offset = tokens[statement.token_begin].start;
  if (const Node node = statement.node["qual"]) {
    const TokenRange range = Parenthesized(statement, offset, "using");
    policy.using_expression = MakeExpression(in, statement, node, range.begin, range.end, table, edges);
    offset = tokens[range.end].start;
  }
  if (const Node node = statement.node["with_check"]) {
    const TokenRange range = Parenthesized(statement, offset, "check");
    policy.check_expression = MakeExpression(in, statement, node, range.begin, range.end, table, edges);
  }
}

Outcome CreatePolicy(Interpreter& in, const Statement& statement) {
  const Node node = statement.node;
  const ObjectId table = in.FindRelation(statement, node["table"]);
  if (!table)
    return in.Waiting(statement, node["table"].Location(), "relation", Join(RelationParts(node["table"]), "."));
  if (table.kind() != ObjectKind::kTable) {
    in.Error(statement, node["table"].Location(),
             fmt::format("`{}` is no table and cannot have policies", table.ToString()),
             "put the policy on the table behind it");
    return Outcome::kDone;
  }
  std::vector<Edge> edges;
  std::optional<std::vector<std::string>> roles = RolesIn(in, statement, edges);
  if (!roles) return Outcome::kWaiting;
  Policy policy{
      .command = CommandOf(node.Text("cmd_name")), .permissive = node.Bool("permissive"), .roles = std::move(*roles)};
  SetExpressions(in, statement, table, policy, edges);
  Object object = in.NewObject(statement, -1, ObjectId::Member(ObjectKind::kPolicy, table, node.Text("policy_name")),
                               std::move(policy));
  object.edges = std::move(edges);
  in.Create(statement, std::move(object));
  return Outcome::kDone;
}

Outcome AlterPolicy(Interpreter& in, const Statement& statement) {
  const Node node = statement.node;
  const ObjectId table = in.FindRelation(statement, node["table"]);
  if (!table)
    return in.Waiting(statement, node["table"].Location(), "relation", Join(RelationParts(node["table"]), "."));
  const ObjectId id = ObjectId::Member(ObjectKind::kPolicy, table, node.Text("policy_name"));
  Object* object = in.schema().Find(id);
  if (object == nullptr) return in.Waiting(statement, -1, "policy", id.ToString());
  Policy& policy = object->As<Policy>();
  if (node["roles"]) {
    std::optional<std::vector<std::string>> roles = RolesIn(in, statement, object->edges);
    if (!roles) return Outcome::kWaiting;
    policy.roles = std::move(*roles);
  }
  // What an expression used that goes is used no more.
  const bool all_new = (node["qual"] || !policy.using_expression) && (node["with_check"] || !policy.check_expression);
  if (all_new) std::erase_if(object->edges, [](const Edge& edge) { return edge.target.kind() != ObjectKind::kRole; });
  SetExpressions(in, statement, table, policy, object->edges);
  return Outcome::kDone;
}

}  // namespace

template <>
void RegisterStatements<Policy>(StatementRegistry& registry) {
  registry.statements["CreatePolicyStmt"] = CreatePolicy;
  registry.statements["AlterPolicyStmt"] = AlterPolicy;
  registry.members["OBJECT_POLICY"] = ObjectKind::kPolicy;
  registry.locators["OBJECT_POLICY"] = LocateMember<ObjectKind::kPolicy>;
}

}  // namespace schemadiff
