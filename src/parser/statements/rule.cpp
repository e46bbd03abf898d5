#include <fmt/format.h>

#include <algorithm>

#include "parser/expressions.h"
#include "parser/statements/locate.h"
#include "support/quote.h"

namespace schemadiff {
namespace {

Rule::Event EventOf(std::string_view command) {
  using enum Rule::Event;
  return command == "CMD_UPDATE" ? kUpdate : command == "CMD_DELETE" ? kDelete : kInsert;
}

// What the commands write to, also those in WITH, and whether they take whole rows.
void Examine(const Interpreter& in, const Statement& statement, Node node, Rule& rule) {
  if (node.IsArray()) {
    for (const Node item : node.Items()) Examine(in, statement, item, rule);
  }
  if (!node.IsObject()) return;
  node.ForEachMember([&](std::string_view name, Node member) {
    if (name == "A_Star") rule.whole_row = true;
    if (name == "InsertStmt" || name == "UpdateStmt" || name == "DeleteStmt") {
      const ObjectId target = in.DeclaredRelation(statement, RelationParts(member["relation"]));
      if (target && !std::ranges::contains(rule.targets, target)) rule.targets.push_back(target);
    }
    Examine(in, statement, member, rule);
  });
}

Outcome CreateRule(Interpreter& in, const Statement& statement) {
  const Node node = statement.node;
  const Node name = node["relation"];
  const ObjectId relation = in.FindRelation(statement, name);
  if (!relation) return in.Waiting(statement, name.Location(), "relation", Join(RelationParts(name), "."));
  if (node.Text("event") == "CMD_SELECT") {
    in.Error(statement, -1, fmt::format("a rule for SELECT on `{}` makes it a view", relation.ToString()),
             "declare the view with `CREATE VIEW`");
    return Outcome::kDone;
  }
  const Tokens& tokens = statement.file->tokens();
  const std::size_t begin = tokens.Find(tokens.At(static_cast<std::size_t>(name.Location())), statement.token_end,
                                        node["whereClause"] ? "where" : "do");
  std::vector<Edge> edges;
  Rule rule{.event = EventOf(node.Text("event")),
            .definition = MakeExpression(in, statement, node, begin, statement.token_end, relation, edges)};
  Examine(in, statement, node["actions"], rule);
  Object object = in.NewObject(statement, -1, ObjectId::Member(ObjectKind::kRule, relation, node.Text("rulename")),
                               std::move(rule));
  object.edges = std::move(edges);
  in.CreateOrReplace(statement, std::move(object), node.Bool("replace"));
  return Outcome::kDone;
}

// ENABLE and DISABLE RULE of ALTER TABLE.
template <Trigger::Enabled kState>
Outcome SetEnabled(Interpreter& in, const Statement& statement, ObjectId table, Node command) {
  const ObjectId id = ObjectId::Member(ObjectKind::kRule, table, command.Text("name"));
  Object* rule = in.schema().Find(id);
  if (rule == nullptr) return in.Waiting(statement, -1, "rule", id.ToString());
  rule->As<Rule>().enabled = kState;
  return Outcome::kDone;
}

// A whole row has the columns that the files declare anywhere.
void AddColumnsOfTables(Interpreter& in) {
  for (auto [id, object] : in.schema().OfKind(ObjectKind::kRule)) {
    if (!object.template As<Rule>().whole_row) continue;
    for (const Object* member : in.schema().Members(id.parent())) {
      const Edge edge{member->id};
      if (member->id.kind() == ObjectKind::kColumn && !std::ranges::contains(object.edges, edge)) {
        object.edges.push_back(edge);
      }
    }
  }
}

}  // namespace

template <>
void RegisterStatements<Rule>(StatementRegistry& registry) {
  using enum Trigger::Enabled;
  registry.statements["RuleStmt"] = CreateRule;
  registry.subcommands["AT_EnableRule"] = SetEnabled<kOrigin>;
  registry.subcommands["AT_EnableAlwaysRule"] = SetEnabled<kAlways>;
  registry.subcommands["AT_EnableReplicaRule"] = SetEnabled<kReplica>;
  registry.subcommands["AT_DisableRule"] = SetEnabled<kDisabled>;
  registry.members["OBJECT_RULE"] = ObjectKind::kRule;
  registry.locators["OBJECT_RULE"] = LocateMember<ObjectKind::kRule>;
  registry.finishers.push_back(AddColumnsOfTables);
}

}  // namespace schemadiff
