#include "planner/rules/partition.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <iterator>

#include "model/lineage.h"
#include "planner/rules/partition_bound.h"
#include "planner/rules/table_parts.h"
#include "planner/rules/trigger.h"
#include "planner/sql.h"
#include "support/quote.h"

namespace schemadiff {
namespace {

std::string DetachSql(ObjectId parent, ObjectId partition) {
  return fmt::format("ALTER TABLE {} DETACH PARTITION {}", RelationName(parent), RelationName(partition));
}

std::string AttachSql(const Object& partition) {
  return fmt::format("ALTER TABLE {} ATTACH PARTITION {} {}", RelationName(PartitionParent(partition)),
                     RelationName(partition.id), PartitionBoundOf(partition).Text());
}

// The partitioned table, what that is a partition of, and so on.
std::vector<ObjectId> WithAncestors(ObjectId partitioned, const Schema& schema) {
  std::vector<ObjectId> found;
  for (ObjectId id = partitioned; id;) {
    found.push_back(id);
    const Object* object = schema.Find(id);
    id = object == nullptr ? ObjectId() : PartitionParent(*object);
  }
  return found;
}

// A partition has copies of the foreign keys of its parents, and of those that refer to these: they come and go with
// it.
void LockForeignKeys(Action& action, ObjectId partitioned, LockMode referring, bool leaves,
                     const PlanContext& context) {
  // Before version 15 copies of keys to partitioned tables are forgotten, with nothing done to these.
  const bool forgets = leaves && context.major() < 15;
  const bool is_new = context.IsNew(partitioned);
  for (const ObjectId parent : WithAncestors(partitioned, is_new ? context.desired() : context.live())) {
    for (const Object* key : context.ForeignKeysOf(parent)) {
      const ObjectId referenced = key->As<ForeignKey>().referenced;
      if (forgets && context.IsPartitioned(referenced)) continue;
      AddLockWithPartitions(action, referenced, LockMode::kShareRowExclusive, context);
    }
    for (const Object* key : context.ReferencesTo(parent)) {
      AddLockWithPartitions(action, key->id.parent(), referring, context);
    }
  }
}

bool HasRowTriggers(ObjectId partitioned, const PlanContext& context) {
  return std::ranges::any_of(WithAncestors(partitioned, context.live()), [&](ObjectId parent) {
    return std::ranges::any_of(context.live().Members(parent), [](const Object* member) {
      const Trigger* trigger = member->If<Trigger>();
      return trigger != nullptr && trigger->for_each_row;
    });
  });
}

void LockDefaultPartition(Action& action, ObjectId partitioned, const PlanContext& context) {
  const ObjectId partition = context.DefaultPartitionOf(partitioned);
  if (partition && !context.IsNew(partition)) AddLock(action, partition, LockMode::kAccessExclusive);
}

void LockForNewPartition(Action& action, ObjectId partitioned, const PlanContext& context) {
  LockDefaultPartition(action, partitioned, context);
  // Before version 15 those that refer to it are only read.
  const LockMode referring = context.major() >= 15 ? LockMode::kShareRowExclusive : LockMode::kAccessShare;
  LockForeignKeys(action, partitioned, referring, false, context);
}

// Its copies of row triggers go, and those on its own partitions.
void LockForLeaving(Action& action, ObjectId partitioned, ObjectId partition, const PlanContext& context) {
  AddLock(action, partitioned, LockMode::kAccessExclusive);
  AddLock(action, partition, LockMode::kAccessExclusive);
  if (HasRowTriggers(partitioned, context)) {
    AddLockWithPartitions(action, partition, LockMode::kAccessExclusive, context);
  }
  LockDefaultPartition(action, partitioned, context);
  LockForeignKeys(action, partitioned, LockMode::kAccessExclusive, true, context);
}

// Foreign keys that refer to the partitioned table or one above it, and go or are made anew, go before a partition
// comes or goes. Where their own table has to wait for that, it is enough that they are dropped themselves.
void AwaitReferences(Action& action, ObjectId partitioned, const PlanContext& context) {
  const bool is_new = context.IsNew(partitioned) && context.desired().Contains(partitioned);
  for (const ObjectId parent : WithAncestors(partitioned, is_new ? context.desired() : context.live())) {
    for (const Object* key : context.FormerReferencesTo(parent)) action.prefers_gone.push_back(key->id);
  }
}

// Those that stay: DETACH PARTITION looks for rows that refer to the partition's. Whether there are any.
bool CheckReferences(Action& leave, ObjectId partitioned, const PlanContext& context) {
  std::vector<ObjectId> tables;
  for (const ObjectId parent : WithAncestors(partitioned, context.live())) {
    for (const Object* key : context.ReferencesTo(parent)) tables.push_back(key->id.parent());
  }
  if (tables.empty()) return false;
  std::ranges::sort(tables);
  const auto repeated = std::ranges::unique(tables);
  tables.erase(repeated.begin(), repeated.end());
  for (const ObjectId table : tables) AddScan(leave, table, context);
  AddHazard(leave, HazardKind::kMayFail, "no row of another table may refer to one of the partition");
  AddHazard(leave, HazardKind::kBlocksReads, "the tables that refer to its table are scanned under an exclusive lock");
  return true;
}

// Bounds may not overlap: those that the table's partitions give up are free before they are taken. Where that cannot
// be (what is dropped has to wait for what is new), PostgreSQL says whether they do.
void TakeBounds(Action& action, const Object& partition, const PlanContext& context) {
  for (const ObjectId other : context.PartitionsThatMove(PartitionParent(partition))) {
    const Expression& given_up = PartitionBoundOf(*context.live().Find(other));
    if (other == partition.id || AreApart(PartitionBoundOf(partition).Text(), given_up.Text())) continue;
    (context.IsNew(other) || !context.desired().Contains(other) ? action.prefers_gone : action.prefers)
        .push_back(other);
  }
}

// A foreign table's rows are taken to lie within the bounds (manual: CREATE FOREIGN TABLE, PARTITION OF).
void ScanForAttach(Action& attach, ObjectId partition, const PlanContext& context) {
  if (partition.kind() != ObjectKind::kForeignTable) AddScan(attach, partition, context);
}

void MentionScan(Action& attach) {
  if (attach.step.scans.empty()) return;
  AddHazard(attach, HazardKind::kMayFail, "every row has to lie within the bounds");
  AddHazard(attach, HazardKind::kBlocksReads, "the partition is scanned under an exclusive lock");
}

// Copies of triggers, on the partition and on its own, are dropped and made anew, and with them what state they have.
void RestoreTriggerStates(Action& action, ObjectId partition, const PlanContext& context) {
  std::vector<ObjectId> tables = context.DescendantsOf(partition);
  tables.push_back(partition);
  for (const ObjectId table : tables) {
    for (const Object* member : context.desired().Members(table)) {
      if (member->If<Trigger>() == nullptr || OriginalTrigger(context.desired(), member->id) == nullptr) continue;
      action.step.sql.push_back(TriggerStateSql(*member));
    }
  }
}

std::vector<const Object*> PartitionsWithOtherBounds(ObjectId parent, const PlanContext& context) {
  std::vector<const Object*> partitions;
  for (const ObjectId id : context.PartitionsThatMove(parent)) {
    const Object* after = context.desired().Find(id);
    if (after != nullptr && PartitionParent(*after) == parent && !context.IsNew(id)) partitions.push_back(after);
  }
  return partitions;
}

// In one step, for all partitions of the table: none is without what happens to the table in the meantime, and bounds
// can go from one to another.
void SetBounds(const Alteration& alteration, ActionList& actions) {
  const PlanContext& context = alteration.context;
  const ObjectId parent = PartitionParent(alteration.after);
  const std::vector<const Object*> partitions = PartitionsWithOtherBounds(parent, context);
  if (partitions.front()->id != alteration.after.id) return;
  Action& action = actions.Add(alteration.after, Verb::kAlter, DetachSql(parent, alteration.after.id));
  std::vector<std::string> attach;
  std::vector<std::string> back;
  for (const Object* partition : partitions) {
    if (partition != partitions.front()) action.step.sql.push_back(DetachSql(parent, partition->id));
    attach.push_back(AttachSql(*partition));
    back.push_back(AttachSql(*context.live().Find(partition->id)));
  }
  action.step.undo = Join(action.step.sql, "; ") + "; " + Join(back, "; ");
  std::ranges::move(attach, std::back_inserter(action.step.sql));
  for (const Object* partition : partitions) {
    action.produces.push_back(partition->id);
    LockForLeaving(action, parent, partition->id, context);
    RestoreTriggerStates(action, partition->id, context);
    ScanForAttach(action, partition->id, context);
    TakeBounds(action, *partition, context);
    std::erase_if(action.prefers, [&](ObjectId other) {
      return std::ranges::contains(partitions, other, [](const Object* object) { return object->id; });
    });
  }
  LockForNewPartition(action, parent, context);
  MentionScan(action);
  AwaitReferences(action, parent, context);
  CheckReferences(action, parent, context);
  if (partitions.size() > 1) action.step.note = "bounds of one table change together: none may overlap another's";
}

// Whether the text has the column's name as a word of its own, outside of literals and of names of functions.
bool Mentions(std::string_view key, std::string_view column) {
  const auto is_part = [](char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || (c & 0x80) != 0 || c == '_' || c == '$' || c == '"' ||
           c == '.';
  };
  bool literal = false;
  for (std::size_t at = 0; at < key.size(); ++at) {
    if (key[at] == '\'') literal = !literal;
    if (literal || !key.substr(at).starts_with(column) || (at > 0 && is_part(key[at - 1]))) continue;
    const std::size_t end = at + column.size();
    if (end == key.size() || (!is_part(key[end]) && key[end] != '(')) return true;
  }
  return false;
}

// The partitions that go, leave or move, of the table or of one of its partitions.
std::vector<ObjectId> MoversBelow(ObjectId table, const PlanContext& context) {
  std::vector<ObjectId> movers = context.PartitionsThatMove(table);
  for (const ObjectId parent : context.DescendantsOf(table)) {
    std::ranges::copy(context.PartitionsThatMove(parent), std::back_inserter(movers));
  }
  return movers;
}

}  // namespace

Action& AddAttach(const Object& table, const PlanContext& context, ActionList& actions) {
  const ObjectId parent = PartitionParent(table);
  Action& attach = actions.Add(table, Verb::kAlter, AttachSql(table));
  attach.step.undo = DetachSql(parent, table.id);
  JoinParent(attach, table, parent, context);
  if (!context.IsNew(parent)) AddLock(attach, parent, LockMode::kShareUpdateExclusive);
  LockForNewPartition(attach, parent, context);
  TakeBounds(attach, table, context);
  AwaitReferences(attach, parent, context);
  if (!context.IsNew(table.id)) AddLock(attach, table.id, LockMode::kAccessExclusive);
  return attach;
}

void SetPartition(const Alteration& alteration, ActionList& actions) {
  const ObjectId before = PartitionParent(alteration.before);
  const ObjectId after = PartitionParent(alteration.after);
  if (before == after) return SetBounds(alteration, actions);
  const PlanContext& context = alteration.context;
  if (before) {
    Action& detach = actions.Add(alteration.after, Verb::kAlter, DetachSql(before, alteration.after.id));
    detach.step.undo = AttachSql(alteration.before);
    LeaveParent(detach, before, context);
    LockForLeaving(detach, before, alteration.after.id, context);
    AwaitReferences(detach, before, context);
    CheckReferences(detach, before, context);
    if (!after) AddHazard(detach, HazardKind::kBreaksClients, "the parent no longer shows these rows");
  }
  if (after) {
    Action& attach = AddAttach(alteration.after, context, actions);
    attach.follows_previous = static_cast<bool>(before);
    ScanForAttach(attach, alteration.after.id, context);
    MentionScan(attach);
  }
}

void RefuseInPartitionKey(Action& retype, ObjectId column, const PlanContext& context) {
  std::vector<ObjectId> tables = context.DescendantsOf(column.parent());
  tables.insert(tables.begin(), column.parent());
  for (const ObjectId table : tables) {
    const Object* object = context.live().Find(table);
    const Table* partitioned = object == nullptr ? nullptr : object->If<Table>();
    if (partitioned == nullptr || !Mentions(partitioned->partition_key.sql, QuoteIdentifier(column.name()))) continue;
    retype.refusal = fmt::format("the type of `{}` cannot change: it is part of the partition key of `{}`",
                                 column.ToString(), table.ToString());
    retype.way_out = "declare a new table with the other type under another name, copy the rows into it, and rename it";
    return;
  }
}

void JoinAsNew(Action& create, const Object& partition, const PlanContext& context) {
  const ObjectId parent = PartitionParent(partition);
  if (!parent) return;
  if (!context.IsNew(parent)) AddLock(create, parent, LockMode::kAccessExclusive);
  LockForNewPartition(create, parent, context);
  TakeBounds(create, partition, context);
  AwaitReferences(create, parent, context);
}

// Before it is there, nothing keeps partitions from leaving, and no other table is locked for those that come.
void AwaitPartitions(Action& create, ObjectId referenced, const PlanContext& context) {
  if (context.IsNew(referenced) || !context.IsPartitioned(referenced)) return;
  for (const ObjectId partition : MoversBelow(referenced, context)) {
    const bool stays = context.desired().Contains(partition);
    (stays ? create.consumes : create.excludes).push_back(partition);
    if (stays) continue;
    std::erase_if(create.step.locks, [&](const Lock& lock) { return lock.relation == RelationName(partition); });
  }
  std::ranges::copy(context.PartitionsThatJoin(referenced), std::back_inserter(create.consumes));
  std::erase(create.consumes, create.object.root());
}

void AwaitPartitionKeys(Action& create, ObjectId table, const PlanContext& context) {
  if (!context.IsPartitioned(table)) return;
  for (const ObjectId partition : MoversBelow(table, context)) {
    if (!context.IsPartitioned(partition)) continue;
    (context.desired().Contains(partition) ? create.prefers : create.prefers_gone).push_back(partition);
  }
}

void LeaveBeforeDrop(Action& drop, const Object& partition, const PlanContext& context) {
  const ObjectId parent = PartitionParent(partition);
  if (!parent) return;
  AddLock(drop, parent, LockMode::kAccessExclusive);
  LockDefaultPartition(drop, parent, context);
  AwaitReferences(drop, parent, context);
  if (!CheckReferences(drop, parent, context)) return;
  drop.step.sql.insert(drop.step.sql.begin(), DetachSql(parent, partition.id));
  drop.step.note = "a partition is detached before it is dropped where a foreign key refers to its table";
  LockForLeaving(drop, parent, partition.id, context);
}

}  // namespace schemadiff
