#include "canonical/inheritance.h"

#include <algorithm>
#include <vector>

#include "canonical/missing_parts.h"
#include "model/lineage.h"
#include "model/partition_index.h"
#include "model/relation_of.h"

namespace schemadiff {
namespace {

using enum ObjectKind;

std::vector<ObjectId> ParentsOf(const Schema& schema, ObjectId table) {
  const Object* object = schema.Find(table);
  return object == nullptr ? std::vector<ObjectId>() : ParentsOf(*object);
}

bool IsTyped(const Schema& schema, ObjectId id) {
  const Object* object = schema.Find(id);
  return object != nullptr && IsTyped(*object);
}

// Whether a parent, or a parent's parent, has the member.
bool Inherits(const Schema& schema, ObjectId member);

// Whether a parent has the member, itself or from its own. The columns of a typed table are no facts.
bool Gives(const Schema& schema, ObjectId parent, ObjectId member) {
  const ObjectId theirs = CounterpartOn(parent, member);
  return schema.Contains(theirs) || (member.kind() == kColumn && IsTyped(schema, parent)) || Inherits(schema, theirs);
}

bool Inherits(const Schema& schema, ObjectId member) {
  return std::ranges::any_of(ParentsOf(schema, member.root()),
                             [&](ObjectId parent) { return Gives(schema, parent, member); });
}

bool KeepsGiver(const Schema& live, const Schema& desired, ObjectId member) {
  const std::vector<ObjectId> parents = ParentsOf(desired, member.root());
  return std::ranges::any_of(ParentsOf(live, member.root()), [&](ObjectId parent) {
    const bool gives = !GoesByName(member.kind()) || Gives(live, parent, member);
    return gives && std::ranges::contains(parents, parent);
  });
}

// A default that the parent has as well is no fact of the partition.
bool IsParentsDefault(const Schema& live, const Schema& desired, const Object& value) {
  if (value.id.kind() != kColumnDefault || desired.Contains(value.id)) return false;
  return std::ranges::any_of(ParentsOf(desired, value.id.root()), [&](ObjectId parent) {
    const Object* theirs = live.Find(CounterpartOn(parent, value.id));
    return theirs != nullptr && theirs->As<ColumnDefault>() == value.As<ColumnDefault>();
  });
}

// A part of a partitioned index stays one as long as that is there and its table is a partition; one whose table stays
// and is detached stands alone.
void SettlePart(Object& part, Object* declared, const Schema& desired, bool is_partition) {
  const ObjectId whole = WholeOf(part);
  if (!is_partition && desired.Contains(part.id.root())) {
    SetWhole(part, {});
    std::erase(part.edges, Edge{whole, EdgeKind::kOwnedBy});
  } else if (declared != nullptr && !WholeOf(*declared) && desired.Contains(whole)) {
    SetWhole(*declared, whole);
  }
}

// The default of an inherited column that goes gives way to the parent's.
void RequireDefault(Schema& desired, const Object& own) {
  for (const ObjectId parent : ParentsOf(desired, own.id.root())) {
    const Object* theirs = desired.Find(CounterpartOn(parent, own.id));
    if (theirs == nullptr || desired.Contains(own.id.parent())) continue;
    Object required = *theirs;
    required.id = own.id;
    required.annotations = nullptr;
    desired.Add(std::move(required));
    return;
  }
}

// A copy of a trigger whose state is not the original's gets that.
void RequireState(const Schema& live, Schema& desired, const Object& copy) {
  const Object* original = OriginalTrigger(live, copy.id);
  const Object* after = OriginalTrigger(desired, copy.id);
  if (original == nullptr || after == nullptr) return;
  if (copy.As<Trigger>().enabled == original->As<Trigger>().enabled) return;
  desired.Add({.id = copy.id, .attributes = after->attributes, .edges = {{after->id}}, .source = after->source});
}

// Whether a partition that is detached keeps it not: triggers, and before version 15 foreign keys to partitioned tables
// (src/backend/commands/tablecmds.c, DetachPartitionFinalize).
bool IsLostOnLeaving(const Schema& live, const Object& inherited, int version) {
  const ForeignKey* key = inherited.If<ForeignKey>();
  if (key == nullptr) return inherited.id.kind() == kTrigger;
  const Object* referenced = live.Find(key->referenced);
  const Table* table = referenced == nullptr ? nullptr : referenced->If<Table>();
  return version < 150000 && table != nullptr && table->partition_key;
}

// What PostgreSQL asks of a table before ATTACH PARTITION or INHERIT: the parent's columns, of the same type and
// generated alike, their NOT NULL, and its checks. All else of a column is the table's own; but where the files leave a
// column to the parent, its default is the parent's, as in a new table.
void Require(const Schema& live, Schema& desired, ObjectId table, const Object& theirs) {
  const ObjectId id = CounterpartOn(table, theirs.id);
  if (desired.Contains(id)) return;
  Object required = theirs;
  required.id = id;
  required.annotations = nullptr;
  if (Column* column = required.If<Column>()) {
    if (const Object* own = live.Find(id)) {
      Column kept = own->As<Column>();
      kept.type = column->type;
      kept.collation = column->collation;
      kept.generated = column->generated;
      kept.generation_expression = column->generation_expression;
      *column = std::move(kept);
    }
    column->LoseIdentity();
  } else if (NotNull* not_null = required.If<NotNull>()) {
    if (not_null->no_inherit) return;
    // A new one has the parent's name, as a new partition's has.
    if (not_null->name.empty()) not_null->name = NotNull::ImplicitName(theirs.id);
    if (live.Contains(id)) not_null->name.clear();
  } else if (const Check* check = required.If<Check>(); check != nullptr && check->no_inherit) {
    return;
  } else if (check == nullptr && required.If<ColumnDefault>() == nullptr) {
    return;
  }
  desired.Add(std::move(required));
}

void RequireAll(const Schema& live, Schema& desired, ObjectId table, ObjectId parent) {
  for (const ObjectId grandparent : ParentsOf(desired, parent)) RequireAll(live, desired, table, grandparent);
  for (const Object* member : desired.Members(parent)) {
    const bool declared = desired.Contains(CounterpartOn(table, member->id));
    Require(live, desired, table, *member);
    if (member->id.kind() != kColumn) continue;
    const Object* not_null = desired.Find(ObjectId::Member(kNotNull, member->id, ""));
    if (not_null != nullptr) Require(live, desired, table, *not_null);
    const Object* value = desired.Find(ObjectId::Member(kColumnDefault, member->id, ""));
    if (value != nullptr && !declared) Require(live, desired, table, *value);
  }
}

// The columns of a typed table are its type's: only what the table says of them is its own.
void FoldTyped(Schema& live, Schema& desired) {
  std::vector<ObjectId> folded;
  for (auto [id, object] : live.OfKind(kColumn)) {
    if (!IsTyped(desired, id.parent())) continue;
    if (Object* declared = desired.Find(id)) {
      declared->As<Column>().type = object.As<Column>().type;
      declared->As<Column>().collation = object.As<Column>().collation;
    } else {
      folded.push_back(id);
    }
  }
  for (const ObjectId id : folded) live.RemoveAlone(id);
}

void RequireOfJoining(const Schema& live, Schema& desired) {
  std::vector<std::pair<ObjectId, ObjectId>> joining;
  desired.ForEachOfKinds(HasOwnColumns, [&](ObjectId id, const Object&) {
    if (!live.Contains(id)) return;
    const std::vector<ObjectId> before = ParentsOf(live, id);
    for (const ObjectId parent : ParentsOf(desired, id)) {
      if (!std::ranges::contains(before, parent)) joining.emplace_back(id, parent);
    }
  });
  for (const auto& [table, parent] : joining) RequireAll(live, desired, table, parent);
}

}  // namespace

void FoldInheritance(Schema& live, Schema& desired, int version) {
  FoldTyped(live, desired);
  RequireOfJoining(live, desired);
  RequireMissingParts(live, desired);
  for (const auto& [id, object] : live.OfKind(kTrigger)) {
    if (object.inherited && !desired.Contains(id)) RequireState(live, desired, object);
  }
  for (const auto& [id, object] : live.OfKind(kColumnDefault)) {
    if (!desired.Contains(id) && !IsParentsDefault(live, desired, object)) RequireDefault(desired, object);
  }
  std::vector<ObjectId> folded;
  std::vector<ObjectId> gone;
  for (auto [id, object] : live) {
    if (IsParentsDefault(live, desired, object)) folded.push_back(id);
    Object* declared = desired.Find(id);
    if (WholeOf(object)) SettlePart(object, declared, desired, KeepsGiver(live, desired, id));
    if (!object.inherited) {
      // What the parent gets as well merges into it.
      const bool merges = declared == nullptr && GoesByName(id.kind()) && desired.Contains(id.root());
      if (merges && Inherits(desired, id)) folded.push_back(id);
      continue;
    }
    if (!desired.Contains(id.root()) || KeepsGiver(live, desired, id)) {
      if (declared != nullptr) continue;
      // With a column, what is the table's own about it goes too.
      const bool stays = id.kind() != kColumn || !desired.Contains(id.root()) || Inherits(desired, id);
      (stays ? folded : gone).push_back(id);
    } else if (IsLostOnLeaving(live, object, version)) {
      gone.push_back(id);
    } else if (declared != nullptr && id.kind() == kNotNull) {
      // It goes by the parent's name no longer.
      const NotNull& not_null = object.As<NotNull>();
      std::string& name = declared->As<NotNull>().name;
      if (name.empty() && !not_null.name.empty()) name = NotNull::ImplicitName(id);
    }
  }
  for (const ObjectId id : folded) live.RemoveAlone(id);
  for (const ObjectId id : gone) live.Remove(id);
}

void AddUsesOfOwnColumns(Schema& live) {
  for (auto [id, object] : live) {
    // A foreign key may refer to a parent.
    const ObjectId table = RelationOf(object);
    if (!HasOwnColumns(table.kind()) || id.kind() == kForeignKey || ParentsOf(live, table).empty()) continue;
    std::vector<Edge> own;
    for (const Edge& edge : object.edges) {
      if (edge.target.kind() != kColumn || edge.target.root() == table) continue;
      const ObjectId column = CounterpartOn(table, edge.target);
      const bool is_inherited = TopmostColumn(live, column) == edge.target;
      if (is_inherited && live.Contains(column)) own.push_back({column, edge.kind});
    }
    object.edges.insert(object.edges.end(), own.begin(), own.end());
  }
}

void DeclareOwn(Schema& live) {
  for (auto [id, object] : live) {
    if (object.is_local) object.inherited = false;
    const ObjectId whole = WholeOf(object);
    Object* index = whole ? live.Find(whole) : nullptr;
    if (index != nullptr && (index->only || !IsAsMade(object, *index) || !live.Members(id).empty())) {
      object.inherited = false;
      index->edges.push_back({id});
    }
    const Object* original = id.kind() == kTrigger ? OriginalTrigger(live, id) : nullptr;
    if (original != nullptr && original->As<Trigger>().enabled != object.As<Trigger>().enabled) {
      object.inherited = false;
      object.edges.push_back({original->id});
    }
  }
}

void DeclareTyped(Schema& live) {
  std::vector<ObjectId> bare;
  for (auto [id, object] : live.OfKind(kColumn)) {
    if (!IsTyped(live, id.parent())) continue;
    auto& column = object.As<Column>();
    column.type = {};
    column.collation.clear();
    if (column == Column() && live.Members(id).empty()) bare.push_back(id);
  }
  for (const ObjectId id : bare) live.RemoveAlone(id);
}

}  // namespace schemadiff
