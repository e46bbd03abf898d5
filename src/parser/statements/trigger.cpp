#include <fmt/format.h>

#include <optional>

#include "model/lineage.h"
#include "parser/children.h"
#include "parser/expressions.h"
#include "parser/statements/function_name.h"
#include "parser/statements/locate.h"
#include "support/quote.h"

namespace schemadiff {
namespace {

// Bits of CreateTrigStmt's timing and events: src/include/catalog/pg_trigger.h.
constexpr std::int64_t kBefore = 1 << 1;
constexpr std::int64_t kInsert = 1 << 2;
constexpr std::int64_t kDelete = 1 << 3;
constexpr std::int64_t kUpdate = 1 << 4;
constexpr std::int64_t kTruncate = 1 << 5;
constexpr std::int64_t kInsteadOf = 1 << 6;

void SetEvents(Node node, Trigger& trigger) {
  const std::int64_t timing = node.Int("timing");
  const std::int64_t events = node.Int("events");
  trigger.timing = (timing & kBefore) != 0      ? Trigger::Timing::kBefore
                   : (timing & kInsteadOf) != 0 ? Trigger::Timing::kInsteadOf
                                                : Trigger::Timing::kAfter;
  trigger.on_insert = (events & kInsert) != 0;
  trigger.on_update = (events & kUpdate) != 0;
  trigger.on_delete = (events & kDelete) != 0;
  trigger.on_truncate = (events & kTruncate) != 0;
  trigger.for_each_row = node.Bool("row");
  trigger.constraint = node.Bool("isconstraint");
  trigger.deferrable = node.Bool("deferrable");
  trigger.initially_deferred = node.Bool("initdeferred");
  trigger.update_columns = Strings(node["columns"]);
  trigger.arguments = Strings(node["args"]);
  for (const Node item : node["transitionRels"].Items()) {
    const Node relation = item["TriggerTransition"];
    (relation.Bool("isNew") ? trigger.new_table : trigger.old_table) = relation.Text("name");
  }
}

Outcome CreateTrigger(Interpreter& in, const Statement& statement) {
  const Node node = statement.node;
  const ObjectId table = in.FindRelation(statement, node["relation"]);
  if (!table) {
    return in.Waiting(statement, node["relation"].Location(), "relation", Join(RelationParts(node["relation"]), "."));
  }
  std::vector<Edge> edges;
  const std::optional<std::string> function =
      ResolveFunctionName(in, statement, Strings(node["funcname"]), "", "trigger function", edges);
  if (!function) return Outcome::kWaiting;
  Trigger trigger{.function = *function};
  SetEvents(node, trigger);
  if (const Node from = node["constrrel"]) {
    trigger.constraint_from = in.FindRelation(statement, from);
    if (!trigger.constraint_from) {
      return in.Waiting(statement, from.Location(), "relation", Join(RelationParts(from), "."));
    }
    edges.push_back({trigger.constraint_from});
  }
  for (const std::string& column : trigger.update_columns) {
    edges.push_back({ObjectId::Member(ObjectKind::kColumn, table, column)});
  }
  if (const Node when = node["whenClause"]) {
    const TokenRange range = Parenthesized(statement, in.Location(statement, -1).offset, "when");
    trigger.condition = MakeExpression(in, statement, when, range.begin, range.end, table, edges);
  }
  const ObjectId id = ObjectId::Member(ObjectKind::kTrigger, table, node.Text("trigname"));
  Object object = in.NewObject(statement, -1, id, std::move(trigger));
  object.edges = std::move(edges);
  in.CreateOrReplace(statement, std::move(object), node.Bool("replace"));
  if (in.replays()) HandDown(in, id);
  return Outcome::kDone;
}

// A partition's copy of its parent's trigger is a fact where its state differs.
bool SetState(Interpreter& in, const Statement& statement, ObjectId id, Trigger::Enabled state) {
  Object* trigger = in.schema().Find(id);
  const Object* original = OriginalTrigger(in.schema(), id);
  if (trigger == nullptr && original == nullptr) return false;
  if (trigger == nullptr) {
    Object copy{.id = id, .attributes = original->attributes, .edges = {{original->id}}};
    copy.source = in.Location(statement, -1);
    trigger = &in.schema().Add(std::move(copy));
  }
  trigger->As<Trigger>().enabled = state;
  for (const ObjectId copy : CopiesOf(in, id)) SetState(in, statement, copy, state);
  // That of a partitioned table sets those of its partitions.
  for (auto [other, object] : in.schema().OfKind(ObjectKind::kTrigger)) {
    if (other.name() != id.name()) continue;
    const Object* of = OriginalTrigger(in.schema(), other);
    if (of != nullptr && of->id == id) object.As<Trigger>().enabled = state;
  }
  return true;
}

// ENABLE and DISABLE TRIGGER of ALTER TABLE.
template <Trigger::Enabled kState>
Outcome SetOne(Interpreter& in, const Statement& statement, ObjectId table, Node command) {
  const ObjectId id = ObjectId::Member(ObjectKind::kTrigger, table, command.Text("name"));
  if (SetState(in, statement, id, kState)) return Outcome::kDone;
  return in.Waiting(statement, -1, "trigger", id.ToString());
}

// ALL and USER differ in the triggers behind foreign keys alone, which are not modelled.
template <Trigger::Enabled kState>
Outcome SetAll(Interpreter& in, const Statement& statement, ObjectId table, Node) {
  std::vector<std::string> names;
  for (ObjectId at = table; const Object* object = at ? in.schema().Find(at) : nullptr; at = PartitionParent(*object)) {
    for (const Object* member : in.schema().Members(at)) {
      if (member->id.kind() == ObjectKind::kTrigger) names.push_back(member->id.name());
    }
  }
  for (const std::string& name : names) {
    SetState(in, statement, ObjectId::Member(ObjectKind::kTrigger, table, name), kState);
  }
  return Outcome::kDone;
}

// But for its state a copy is what the original is.
void FinishCopies(Interpreter& in) {
  std::vector<ObjectId> same;
  for (auto [id, object] : in.schema().OfKind(ObjectKind::kTrigger)) {
    const Object* original = OriginalTrigger(in.schema(), id);
    if (original == nullptr) continue;
    const Trigger::Enabled state = object.As<Trigger>().enabled;
    object.attributes = original->attributes;
    object.As<Trigger>().enabled = state;
    if (state == original->As<Trigger>().enabled) same.push_back(id);
  }
  for (const ObjectId id : same) in.schema().RemoveAlone(id);
}

}  // namespace

template <>
void RegisterStatements<Trigger>(StatementRegistry& registry) {
  using enum Trigger::Enabled;
  registry.statements["CreateTrigStmt"] = CreateTrigger;
  registry.subcommands["AT_EnableTrig"] = SetOne<kOrigin>;
  registry.subcommands["AT_EnableAlwaysTrig"] = SetOne<kAlways>;
  registry.subcommands["AT_EnableReplicaTrig"] = SetOne<kReplica>;
  registry.subcommands["AT_DisableTrig"] = SetOne<kDisabled>;
  registry.subcommands["AT_EnableTrigAll"] = SetAll<kOrigin>;
  registry.subcommands["AT_EnableTrigUser"] = SetAll<kOrigin>;
  registry.subcommands["AT_DisableTrigAll"] = SetAll<kDisabled>;
  registry.subcommands["AT_DisableTrigUser"] = SetAll<kDisabled>;
  registry.members["OBJECT_TRIGGER"] = ObjectKind::kTrigger;
  registry.finishers.push_back(FinishCopies);
  registry.locators["OBJECT_TRIGGER"] = LocateMember<ObjectKind::kTrigger>;
}

}  // namespace schemadiff
