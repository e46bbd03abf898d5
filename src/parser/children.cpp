#include "parser/children.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "model/inheriting.h"
#include "model/lineage.h"
#include "model/partition_index.h"
#include "parser/drop.h"
#include "parser/statements/partition_index.h"
#include "parser/statements/table_elements.h"

namespace schemadiff {
namespace {

using enum ObjectKind;

constexpr int kNotNullIsConstraint = 180000;

bool IsBefore(const Interpreter& in, int version) {
  const int own = in.names().external().version;
  return own != 0 && own < version;
}

bool IsGivenDown(const Object& object) {
  const NotNull* not_null = object.If<NotNull>();
  const Check* check = object.If<Check>();
  return !(not_null && not_null->no_inherit) && !(check && check->no_inherit);
}

// Whether a parent has what goes by that name.
bool IsGiven(const Schema& schema, ObjectId member) {
  return std::ranges::any_of(ParentsOf(*schema.Find(member.root())), [&](ObjectId parent) {
    const Object* theirs = schema.Find(CounterpartOn(parent, member));
    return theirs != nullptr && IsGivenDown(*theirs);
  });
}

void MakeOwn(Object& object) {
  object.inherited = false;
  object.is_local = true;
}

// A foreign key of a partition that says the same becomes the copy (tryAttachPartitionForeignKey).
ObjectId OwnForeignKey(Interpreter& in, ObjectId table, const Object& theirs) {
  for (const Object* member : in.schema().Members(table)) {
    const ForeignKey* own = member->If<ForeignKey>();
    if (own != nullptr && !member->inherited && *own == theirs.As<ForeignKey>()) return member->id;
  }
  return {};
}

ObjectId CopyOn(const Schema& schema, ObjectId table, ObjectId original) {
  for (const Object* member : schema.Members(table)) {
    if (std::ranges::contains(member->edges, Edge{original, EdgeKind::kOwnedBy})) return member->id;
  }
  return {};
}

ObjectId Take(Interpreter& in, ObjectId table, ObjectId theirs, Taking taking) {
  const ObjectKind kind = theirs.kind();
  const bool is_partition = static_cast<bool>(PartitionParent(*in.schema().Find(table)));
  if (is_partition && (kind == kIndex || kind == kKey)) TakePart(in, table, theirs);
  if (is_partition && kind == kForeignKey) {
    if (const ObjectId copy = CopyOn(in.schema(), table, theirs)) return copy;
    if (const ObjectId own = OwnForeignKey(in, table, *in.schema().Find(theirs))) {
      MarkAsCopy(*in.schema().Find(own), theirs);
      return own;
    }
  }
  const Taken taken = TakeFromParent(in.schema(), table, theirs, taking, [&](ObjectId partition, const Object& whole) {
    return NameOfPart(in, partition, whole);
  });
  in.Know(taken.added);
  if (taken.id && kind == kForeignKey) MarkAsCopy(*in.schema().Find(taken.id), theirs);
  return taken.id;
}

std::vector<ObjectId> MembersOf(const Schema& schema, ObjectId table) {
  std::vector<ObjectId> ids;
  for (const Object* member : schema.Members(table)) ids.push_back(member->id);
  return ids;
}

// With the NOT NULL of columns.
std::vector<ObjectId> FactsOf(const Schema& schema, ObjectId table) {
  std::vector<ObjectId> ids = MembersOf(schema, table);
  for (std::size_t i = 0, end = ids.size(); i < end; ++i) {
    const ObjectId not_null = ObjectId::Member(kNotNull, ids[i], "");
    if (schema.Contains(not_null)) ids.push_back(not_null);
  }
  return ids;
}

Outcome AddWithChildren(Interpreter& in, const Statement& statement, ObjectId table, SubcommandHandler run) {
  const std::vector<ObjectId> before = FactsOf(in.schema(), table);
  const Outcome outcome = run(in, statement, table, statement.command);
  for (const ObjectId id : FactsOf(in.schema(), table)) {
    if (std::ranges::contains(before, id)) continue;
    // Of a new column it goes with it, and not to what is there already.
    const bool goes_with_column = id.kind() == kNotNull && !std::ranges::contains(before, id.parent());
    if (!goes_with_column || !IsBefore(in, kNotNullIsConstraint)) HandDown(in, id);
  }
  return outcome;
}

// What a table had of a member that its parent has no longer.
void Lose(Interpreter& in, const Statement& statement, ObjectId copy, bool recurses, SubcommandHandler run) {
  Object* object = in.schema().Find(copy);
  if (object == nullptr || IsGiven(in.schema(), copy)) return;
  if (!recurses || object->is_local) return MakeOwn(*object);
  if (copy.kind() == kColumn) {
    RunWithChildren(in, statement, copy.root(), run);
    return;
  }
  const std::vector<ObjectId> copies = CopiesOf(in, copy);
  in.Forget(copy);
  for (const ObjectId further : copies) Lose(in, statement, further, recurses, run);
}

Outcome DropWithChildren(Interpreter& in, const Statement& statement, ObjectId table, ObjectId member,
                         SubcommandHandler run) {
  const std::vector<ObjectId> copies = CopiesOf(in, member);
  const Outcome outcome = run(in, statement, table, statement.command);
  if (in.schema().Contains(member)) return outcome;
  for (const ObjectId copy : copies) {
    if (GoesByName(copy.kind())) Lose(in, statement, copy, statement.node["relation"].Bool("inh"), run);
  }
  return outcome;
}

/// What a subcommand is for the table's children: src/backend/commands/tablecmds.c, ATPrepCmd().
enum class Descent : std::uint8_t { kNone, kAdds, kDrops, kRepeats };

Descent DescentOf(const Interpreter& in, std::string_view subtype, bool recurses) {
  using enum Descent;
  if (subtype == "AT_AddColumn" || subtype == "AT_AddConstraint" || subtype == "AT_SetNotNull") return kAdds;
  if (subtype == "AT_DropColumn" || subtype == "AT_DropConstraint") return kDrops;
  if (subtype == "AT_DropNotNull") return recurses && IsBefore(in, kNotNullIsConstraint) ? kRepeats : kDrops;
  constexpr auto repeated =
      std::to_array<std::string_view>({"AT_ColumnDefault", "AT_AlterColumnType", "AT_SetStatistics", "AT_SetStorage",
                                       "AT_SetExpression", "AT_DropExpression"});
  return std::ranges::contains(repeated, subtype) ? kRepeats : kNone;
}

ObjectId DroppedBy(Interpreter& in, ObjectId table, Node command) {
  if (command.Text("subtype") == "AT_DropConstraint") return FindConstraint(in, table, command.Text("name"));
  const ObjectId column = ObjectId::Member(kColumn, table, command.Text("name"));
  return command.Text("subtype") == "AT_DropColumn" ? column : ObjectId::Member(kNotNull, column, "");
}

const Object* Giver(const Schema& schema, ObjectId member) {
  for (const ObjectId parent : ParentsOf(*schema.Find(member.root()))) {
    if (const Object* theirs = schema.Find(CounterpartOn(parent, member))) return theirs;
  }
  return nullptr;
}

// What a child says of a column, or a default, that differs from what the parent does.
bool IsAsGiven(const Schema& schema, const Object& object) {
  const Object* theirs = Giver(schema, object.id);
  if (theirs == nullptr) return false;
  if (const ColumnDefault* value = object.If<ColumnDefault>()) return *value == theirs->As<ColumnDefault>();
  Column column = theirs->As<Column>();
  column.identity = object.As<Column>().identity;
  column.identity_parameters = object.As<Column>().identity_parameters;
  column.identity_sequence = object.As<Column>().identity_sequence;
  return column == object.As<Column>();
}

// Whether a fact is the parent's alone. Copies of triggers are left to those who know their states.
bool IsParents(const Schema& schema, const Object& object) {
  switch (object.id.kind()) {
    case kColumn: return object.inherited && !object.is_local && IsAsGiven(schema, object);
    case kColumnDefault: {
      const Object* column = schema.Find(object.id.parent());
      return column != nullptr && column->inherited && IsAsGiven(schema, object);
    }
    case kNotNull:
    case kCheck: return object.inherited && !object.is_local;
    case kForeignKey: {
      const Object* theirs = object.inherited ? Giver(schema, object.id) : nullptr;
      return theirs != nullptr && std::ranges::contains(object.edges, Edge{theirs->id, EdgeKind::kOwnedBy});
    }
    case kKey:
    case kIndex: {
      const Object* whole = schema.Find(WholeOf(object));
      return object.inherited && whole != nullptr && IsAsMade(object, *whole) && schema.Members(object.id).empty();
    }
    default: return false;
  }
}

bool IsOrDescends(const Schema& schema, ObjectId table, ObjectId ancestor) {
  if (table == ancestor) return true;
  const Object* object = schema.Find(table);
  return object != nullptr && std::ranges::any_of(ParentsOf(*object), [&](ObjectId parent) {
           return IsOrDescends(schema, parent, ancestor);
         });
}

}  // namespace

void TakeFromParents(Interpreter& in, ObjectId table) {
  const std::vector<ObjectId> parents = ParentsOf(*in.schema().Find(table));
  for (const ObjectId parent : parents) {
    for (const ObjectId theirs : MembersOf(in.schema(), parent)) Take(in, table, theirs, Taking::kCreated);
  }
}

// src/backend/commands/tablecmds.c, ATExecAddInherit() and ATExecAttachPartition().
bool MayJoin(Interpreter& in, const Statement& statement, std::int64_t offset, ObjectId table, ObjectId parent) {
  if (!IsOrDescends(in.schema(), parent, table)) return true;
  in.Error(statement, offset, fmt::format("`{}` would inherit from itself", table.ToString()),
           fmt::format("`{}` is the same table or a child of it: correct one of the names", parent.ToString()));
  return false;
}

void JoinParent(Interpreter& in, ObjectId table, ObjectId parent) {
  for (const ObjectId theirs : MembersOf(in.schema(), parent)) {
    if (const ObjectId own = Take(in, table, theirs, Taking::kJoined)) HandDown(in, own);
  }
}

void LeaveParent(Interpreter& in, ObjectId table, ObjectId parent) {
  const Table* whole = in.schema().Find(parent)->If<Table>();
  const bool was_partition = whole != nullptr && whole->partition_key;
  std::vector<ObjectId> triggers;
  for (const ObjectId id : FactsOf(in.schema(), table)) {
    Object& object = *in.schema().Find(id);
    if (GoesByName(id.kind()) && object.inherited && !IsGiven(in.schema(), id)) MakeOwn(object);
    // The identity of a partition's column is the whole's.
    if (Column* column = object.If<Column>(); column != nullptr && was_partition) column->LoseIdentity();
    const auto linked = std::erase_if(object.edges, [&](const Edge& edge) {
      return edge.kind == EdgeKind::kOwnedBy && edge.target.root() == parent;
    });
    if (linked == 0) continue;
    MakeOwn(object);
    if (id.kind() == kTrigger) triggers.push_back(id);
  }
  DetachParts(in, table);
  for (const ObjectId trigger : triggers) DropObject(in, trigger, false);
}

void HandDown(Interpreter& in, ObjectId member) {
  for (const ObjectId child : in.Children(member.root())) {
    if (const ObjectId copy = Take(in, child, member, Taking::kAdded)) HandDown(in, copy);
  }
}

std::vector<ObjectId> CopiesOf(Interpreter& in, ObjectId member) {
  std::vector<ObjectId> copies;
  if (!in.replays() || !member.parent() || !HasOwnColumns(member.root().kind())) return copies;
  for (const ObjectId child : in.Children(member.root())) {
    if (GoesByName(member.kind())) {
      const Object* copy = in.schema().Find(CounterpartOn(child, member));
      if (copy != nullptr && copy->inherited) copies.push_back(copy->id);
      continue;
    }
    if (const ObjectId copy = CopyOn(in.schema(), child, member)) copies.push_back(copy);
  }
  return copies;
}

Outcome RunWithChildren(Interpreter& in, const Statement& statement, ObjectId table, SubcommandHandler run) {
  const bool recurses = statement.node["relation"].Bool("inh");
  const Descent descent = DescentOf(in, statement.command.Text("subtype"), recurses);
  std::vector<ObjectId> children;
  if (in.replays() && HasOwnColumns(table.kind()) && descent != Descent::kNone) children = in.Children(table);
  if (children.empty()) return run(in, statement, table, statement.command);
  if (descent == Descent::kDrops) {
    return DropWithChildren(in, statement, table, DroppedBy(in, table, statement.command), run);
  }
  if (recurses && descent == Descent::kAdds) return AddWithChildren(in, statement, table, run);
  const Outcome outcome = run(in, statement, table, statement.command);
  if (outcome == Outcome::kWaiting || !recurses) return outcome;
  for (const ObjectId child : children) RunWithChildren(in, statement, child, run);
  return outcome;
}

void FoldIntoParents(Interpreter& in) {
  Schema& schema = in.schema();
  std::vector<ObjectId> folded;
  std::vector<ObjectId> parts;
  for (const auto& [id, object] : schema) {
    if (!HasOwnColumns(id.root().kind())) continue;
    if (IsParents(schema, object)) {
      folded.push_back(id);
    } else if (WholeOf(object)) {
      parts.push_back(id);
    }
  }
  for (const ObjectId id : folded) schema.RemoveAlone(id);
  for (const ObjectId id : parts) {
    std::vector<Edge>& edges = schema.Find(WholeOf(*schema.Find(id)))->edges;
    if (!std::ranges::contains(edges, Edge{id})) edges.push_back({id});
  }
  for (auto [id, object] : schema) {
    if (!HasOwnColumns(id.root().kind()) || !id.parent()) continue;
    object.inherited = object.is_local = false;
    for (Edge& edge : object.edges) {
      if (id.kind() == kTrigger && edge.kind == EdgeKind::kOwnedBy) edge.kind = EdgeKind::kUses;
    }
    std::erase_if(object.edges, [](const Edge& edge) { return edge.kind == EdgeKind::kOwnedBy; });
  }
}

}  // namespace schemadiff
