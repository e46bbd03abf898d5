#include "planner/rules/table_parts.h"

#include <fmt/format.h>

#include <algorithm>

#include "model/lineage.h"
#include "planner/fold.h"
#include "planner/generic_options.h"
#include "planner/sql.h"
#include "support/quote.h"

namespace schemadiff {
namespace {

void ChangeParent(const Alteration& alteration, ActionList& actions, std::string_view what, std::string_view back,
                  ObjectId parent) {
  const std::string alter = AlterRelation(alteration.after.id);
  Action& action =
      actions.Add(alteration.after, Verb::kAlter, fmt::format("{} {}{}", alter, what, RelationName(parent)));
  action.step.undo = fmt::format("{} {}{}", alter, back, RelationName(parent));
  AddLock(action, alteration.after.id, LockMode::kAccessExclusive);
}

}  // namespace

std::string TableBody(const Object& object, const PlanContext& context) {
  std::vector<std::string> lines;
  const std::vector<const Object*> folded = FoldedInto(object, context);
  for (const Object* member : folded) {
    if (member->id.kind() == ObjectKind::kColumn) {
      const ObjectId default_id = ObjectId::Member(ObjectKind::kColumnDefault, member->id, "");
      const auto value = std::ranges::find(folded, default_id, &Object::id);
      lines.push_back(
          ColumnDefinition(*member, value == folded.end() ? Expression{} : (*value)->As<ColumnDefault>().expression));
    }
  }
  for (const Object* member : folded) {
    const ObjectKind kind = member->id.kind();
    if (kind == ObjectKind::kColumn || kind == ObjectKind::kColumnDefault) continue;
    lines.push_back(ConstraintDefinition(*member));
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
    AddLock(detach, before, LockMode::kAccessExclusive);
    AddLock(detach, alteration.after.id, LockMode::kAccessExclusive);
    if (!after) AddHazard(detach, HazardKind::kBreaksClients, "the parent no longer shows these rows");
  }
  if (after) {
    const std::string parent = RelationName(after);
    Action& attach = actions.Then(
        alteration.after, Verb::kAlter,
        fmt::format("ALTER TABLE {} ATTACH PARTITION {} {}", parent, name, PartitionBoundOf(alteration.after).Text()));
    attach.follows_previous = static_cast<bool>(before);
    attach.step.undo = fmt::format("ALTER TABLE {} DETACH PARTITION {}", parent, name);
    AddLock(attach, after, LockMode::kShareUpdateExclusive);
    AddLock(attach, alteration.after.id, LockMode::kAccessExclusive);
    // A foreign table's rows are taken to lie within the bounds (manual: CREATE FOREIGN TABLE, PARTITION OF).
    if (alteration.after.id.kind() == ObjectKind::kForeignTable) return;
    attach.step.scans.push_back(name);
    attach.step.estimate = alteration.context.SizeOf(alteration.after.id);
    AddHazard(attach, HazardKind::kMayFail, "every row has to lie within the bounds");
    AddHazard(attach, HazardKind::kBlocksReads, "the partition is scanned under an exclusive lock");
  }
}

void SetInherits(const Alteration& alteration, ActionList& actions) {
  const std::vector<ObjectId>& before = InheritanceParents(alteration.before);
  const std::vector<ObjectId>& after = InheritanceParents(alteration.after);
  for (const ObjectId parent : before) {
    if (std::ranges::find(after, parent) != after.end()) continue;
    ChangeParent(alteration, actions, "NO INHERIT ", "INHERIT ", parent);
  }
  for (const ObjectId parent : after) {
    if (std::ranges::find(before, parent) != before.end()) continue;
    ChangeParent(alteration, actions, "INHERIT ", "NO INHERIT ", parent);
  }
}

}  // namespace schemadiff
