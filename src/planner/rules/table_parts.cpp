#include "planner/rules/table_parts.h"

#include <fmt/format.h>

#include <algorithm>
#include <span>
#include <utility>

#include "model/lineage.h"
#include "planner/fold.h"
#include "planner/generic_options.h"
#include "planner/sql.h"
#include "support/quote.h"

namespace schemadiff {
namespace {

Action& ChangeParent(const Alteration& alteration, ActionList& actions, std::string_view what, std::string_view back,
                     ObjectId parent) {
  const std::string alter = AlterRelation(alteration.after.id);
  Action& action =
      actions.Add(alteration.after, Verb::kAlter, fmt::format("{} {}{}", alter, what, RelationName(parent)));
  action.step.undo = fmt::format("{} {}{}", alter, back, RelationName(parent));
  AddLock(action, alteration.after.id, LockMode::kAccessExclusive);
  return action;
}

// The columns, keys, constraints and the like of a table, and NOT NULL of its columns.
template <typename Visitor>
void ForEachMember(const Schema& schema, ObjectId table, Visitor&& visit) {
  for (const Object* member : schema.Members(table)) {
    visit(member->id);
    if (member->id.kind() == ObjectKind::kColumn) visit(ObjectId::Member(ObjectKind::kNotNull, member->id, ""));
  }
}

// What happens to the former parent from then on does not reach the table.
void LeaveParent(Action& action, ObjectId parent, const PlanContext& context) {
  const auto leave = [&](ObjectId member) { action.precedes.push_back(member); };
  ForEachMember(context.live(), parent, leave);
  ForEachMember(context.desired(), parent, leave);
}

// A partition has copies of the foreign keys of its parents, and of those that refer to these: they come and go with
// it.
void LockForeignKeys(Action& action, ObjectId partitioned, LockMode referring, LockMode referred,
                     const PlanContext& context) {
  for (const Object* parent = context.live().Find(partitioned); parent != nullptr;
       parent = context.live().Find(PartitionParent(*parent))) {
    for (const Object* key : context.ForeignKeysOf(parent->id)) {
      AddLockWithPartitions(action, key->As<ForeignKey>().referenced, referred, context);
    }
    for (const Object* key : context.ReferencesTo(parent->id)) {
      AddLockWithPartitions(action, key->id.parent(), referring, context);
    }
    if (!PartitionParent(*parent)) break;
  }
}

// The table has to have what the parent has, and no other columns than a partitioned one. It gets copies of its
// triggers.
void JoinParent(Action& action, const Object& table, ObjectId parent, const PlanContext& context) {
  action.produces_object = false;
  ForEachMember(context.desired(), table.id, [&](ObjectId member) {
    const bool copy = member.kind() == ObjectKind::kTrigger && OriginalTrigger(context.desired(), member) != nullptr;
    (copy ? action.produces : action.consumes).push_back(member);
  });
  const auto exclude = [&](ObjectId member) { action.excludes.push_back(member); };
  ForEachMember(context.live(), table.id, exclude);
  ForEachMember(context.live(), parent, exclude);
}

}  // namespace

Action& AddAttach(const Object& table, const PlanContext& context, ActionList& actions) {
  const ObjectId parent = PartitionParent(table);
  const std::string name = RelationName(table.id);
  const std::string alter = "ALTER TABLE " + RelationName(parent);
  Action& attach = actions.Add(table, Verb::kAlter,
                               fmt::format("{} ATTACH PARTITION {} {}", alter, name, PartitionBoundOf(table).Text()));
  attach.step.undo = fmt::format("{} DETACH PARTITION {}", alter, name);
  JoinParent(attach, table, parent, context);
  AddLock(attach, parent, LockMode::kShareUpdateExclusive);
  LockForNewPartition(attach, parent, context);
  if (!context.IsNew(table.id)) AddLock(attach, table.id, LockMode::kAccessExclusive);
  return attach;
}

void LockDefaultPartition(Action& action, ObjectId partitioned, const PlanContext& context) {
  const ObjectId partition = context.DefaultPartitionOf(partitioned);
  if (partition && !context.IsNew(partition)) AddLock(action, partition, LockMode::kAccessExclusive);
}

void LockForNewPartition(Action& action, ObjectId partitioned, const PlanContext& context) {
  LockDefaultPartition(action, partitioned, context);
  // Before version 15 those that refer to it are only read.
  const LockMode referring = context.major() >= 15 ? LockMode::kShareRowExclusive : LockMode::kAccessShare;
  LockForeignKeys(action, partitioned, referring, LockMode::kShareRowExclusive, context);
}

void LockInheritanceParents(Action& action, const Object& table, const PlanContext& context) {
  for (const ObjectId parent : InheritanceParents(table)) {
    if (!context.IsNew(parent)) AddLock(action, parent, LockMode::kShareUpdateExclusive);
  }
}

std::string TableBody(const Object& object, const PlanContext& context) {
  std::vector<std::string> lines;
  const std::vector<const Object*> folded = FoldedInto(object, context);
  for (const Object* member : folded) {
    if (member->id.kind() == ObjectKind::kColumn) lines.push_back(ColumnDefinition(*member, folded));
  }
  for (const Object* member : folded) {
    const bool is_constraint = member->id.parent() == object.id && member->id.kind() != ObjectKind::kColumn;
    if (is_constraint) lines.push_back(ConstraintDefinition(*member));
  }
  if (lines.empty()) return "";
  return "\n  " + Join(lines, ",\n  ") + "\n";
}

void AddColumnSettings(Action& action, const Object& object, const PlanContext& context) {
  for (const Object* member : FoldedInto(object, context)) {
    const Column* column = member->If<Column>();
    if (column == nullptr) continue;
    const std::string alter =
        fmt::format("{} ALTER COLUMN {} ", AlterRelation(object.id), QuoteIdentifier(member->id.name()));
    if (!column->storage.empty()) action.step.sql.push_back(alter + "SET STORAGE " + column->storage);
    if (column->statistics_target >= 0) {
      action.step.sql.push_back(fmt::format("{}SET STATISTICS {}", alter, column->statistics_target));
    }
    if (PartitionParent(object) && !column->foreign_options.empty()) {
      action.step.sql.push_back(alter + ChangedGenericOptions({}, column->foreign_options).substr(1));
    }
    if (!column->options.empty())
      action.step.sql.push_back(fmt::format("{}SET ({})", alter, OptionList(column->options)));
  }
}

void SetForeignOptions(const Alteration& alteration, ActionList& actions) {
  const ObjectId column = alteration.after.id;
  const Options& before = alteration.Before<Column>().foreign_options;
  const Options& after = alteration.After<Column>().foreign_options;
  const std::string alter =
      fmt::format("{} ALTER COLUMN {}", AlterRelation(column.parent()), QuoteIdentifier(column.name()));
  Action& action = actions.Add(alteration.after, Verb::kAlter, alter + ChangedGenericOptions(before, after));
  action.step.undo = alter + ChangedGenericOptions(after, before);
  AddLock(action, column.parent(), LockMode::kAccessExclusive);
}

void SetPartition(const Alteration& alteration, ActionList& actions) {
  const ObjectId before = PartitionParent(alteration.before);
  const ObjectId after = PartitionParent(alteration.after);
  const std::string name = RelationName(alteration.after.id);
  if (before) {
    const std::string parent = RelationName(before);
    Action& detach =
        actions.Add(alteration.after, Verb::kAlter, fmt::format("ALTER TABLE {} DETACH PARTITION {}", parent, name));
    detach.step.undo =
        fmt::format("ALTER TABLE {} ATTACH PARTITION {} {}", parent, name, PartitionBoundOf(alteration.before).Text());
    LeaveParent(detach, before, alteration.context);
    AddLock(detach, before, LockMode::kAccessExclusive);
    LockDefaultPartition(detach, before, alteration.context);
    LockForeignKeys(detach, before, LockMode::kAccessExclusive, LockMode::kShareRowExclusive, alteration.context);
    AddLock(detach, alteration.after.id, LockMode::kAccessExclusive);
    if (!after) AddHazard(detach, HazardKind::kBreaksClients, "the parent no longer shows these rows");
  }
  if (after) {
    Action& attach = AddAttach(alteration.after, alteration.context, actions);
    attach.follows_previous = static_cast<bool>(before);
    // A foreign table's rows are taken to lie within the bounds (manual: CREATE FOREIGN TABLE, PARTITION OF).
    if (alteration.after.id.kind() == ObjectKind::kForeignTable) return;
    attach.step.scans.push_back(name);
    attach.step.estimate = alteration.context.SizeOf(alteration.after.id);
    AddHazard(attach, HazardKind::kMayFail, "every row has to lie within the bounds");
    AddHazard(attach, HazardKind::kBlocksReads, "the partition is scanned under an exclusive lock");
  }
}

// INHERIT puts the parent last: those that stay are the first of the new ones.
void SetInherits(const Alteration& alteration, ActionList& actions) {
  const std::vector<ObjectId>& before = InheritanceParents(alteration.before);
  const std::vector<ObjectId>& after = InheritanceParents(alteration.after);
  std::size_t kept = 0;
  for (const ObjectId parent : before) {
    if (kept < after.size() && after[kept] == parent) ++kept;
  }
  const std::span stay = std::span(after).first(kept);
  bool follows = false;
  for (const ObjectId parent : before) {
    if (std::ranges::contains(stay, parent)) continue;
    Action& leave = ChangeParent(alteration, actions, "NO INHERIT ", "INHERIT ", parent);
    leave.follows_previous = std::exchange(follows, true);
    LeaveParent(leave, parent, alteration.context);
    AddLock(leave, parent, LockMode::kAccessShare);
  }
  for (const ObjectId parent : std::span(after).subspan(kept)) {
    Action& join = ChangeParent(alteration, actions, "INHERIT ", "NO INHERIT ", parent);
    join.follows_previous = std::exchange(follows, true);
    JoinParent(join, alteration.after, parent, alteration.context);
    AddLock(join, parent, LockMode::kShareUpdateExclusive);
  }
}

}  // namespace schemadiff
