#include <fmt/format.h>

#include "planner/rules/column_rules.h"
#include "planner/sql.h"
#include "support/quote.h"

namespace schemadiff {

std::string AlterColumn(ObjectId column) {
  return fmt::format("{} ALTER COLUMN {}", AlterRelation(column.parent()), QuoteIdentifier(column.name()));
}

Action& AlterColumn(const Alteration& alteration, ActionList& actions, const std::string& what,
                    const std::string& back) {
  const ObjectId id = alteration.after.id;
  Action& action = actions.Add(alteration.after, Verb::kAlter, AlterColumn(id) + " " + what);
  if (!back.empty()) action.step.undo = AlterColumn(id) + " " + back;
  AddLock(action, id.parent(), LockMode::kAccessExclusive);
  return action;
}

bool HasRows(ObjectId table) { return table.kind() != ObjectKind::kForeignTable; }

void MarkRewrite(Action& action, ObjectId table, const PlanContext& context) {
  if (!HasRows(table)) return;
  action.step.rewrites.push_back(RelationName(table));
  action.step.estimate = context.SizeOf(table);
  AddHazard(action, HazardKind::kTableRewrite, "the table and its indexes are written anew");
  AddHazard(action, HazardKind::kBlocksReads, "readers and writers wait meanwhile");
}

void MarkScan(Action& action, ObjectId table, const PlanContext& context) {
  if (!HasRows(table)) return;
  action.step.scans.push_back(RelationName(table));
  action.step.estimate = context.SizeOf(table);
}

// A check that is validated without blocking proves it first (manual: ALTER TABLE, SET NOT NULL).
void SetNotNullOnline(const Object& column, const PlanContext& context, ActionList& actions, bool filled) {
  const ObjectId id = column.id;
  const std::string check = QuoteIdentifier(id.name().substr(0, 40) + "_not_null");
  const std::string table = AlterRelation(id.parent());
  const std::string sql =
      fmt::format("{} ADD CONSTRAINT {} CHECK ({} IS NOT NULL) NOT VALID", table, check, QuoteIdentifier(id.name()));
  const Phase phase = filled ? Phase::kBackfill : Phase::kExpand;
  Action& add = filled ? actions.Then(column, Verb::kAlter, sql) : actions.Add(column, Verb::kAlter, sql);
  add.step.phase = phase;
  AddLock(add, id.parent(), LockMode::kAccessExclusive);
  Action& validate = actions.Then(column, Verb::kAlter, fmt::format("{} VALIDATE CONSTRAINT {}", table, check));
  validate.step.phase = phase;
  validate.step.transaction = TransactionMode::kOwn;
  AddLock(validate, id.parent(), LockMode::kShareUpdateExclusive);
  MarkScan(validate, id.parent(), context);
  AddHazard(validate, HazardKind::kMayFail, "no row may hold NULL in it");
  Action& set = actions.Then(column, Verb::kAlter, AlterColumn(id) + " SET NOT NULL");
  set.step.phase = phase;
  set.step.sql.push_back(fmt::format("{} DROP CONSTRAINT {}", table, check));
  set.step.undo = AlterColumn(id) + " DROP NOT NULL";
  AddLock(set, id.parent(), LockMode::kAccessExclusive);
}

void SetNotNull(const Alteration& alteration, ActionList& actions) {
  const Column& after = alteration.After<Column>();
  const ObjectId id = alteration.after.id;
  const std::string quoted = QuoteIdentifier(id.name());
  if (!after.not_null) {
    // An identity column is NOT NULL: that goes first.
    if (LosesIdentity(alteration)) DropIdentity(alteration, actions);
    Action& action = AlterColumn(alteration, actions, "DROP NOT NULL", "SET NOT NULL");
    action.follows_previous = LosesIdentity(alteration);
    action.destroys.push_back(id);  // Only once no primary key holds on to it.
    return;
  }
  const std::string backfill = alteration.after.annotations ? alteration.after.annotations->backfill : std::string();
  if (!backfill.empty()) {
    Action& fill = actions.Add(
        alteration.after, Verb::kAlter,
        fmt::format("UPDATE {} SET {} = {} WHERE {} IS NULL", RelationName(id.parent()), quoted, backfill, quoted));
    fill.step.transaction = TransactionMode::kOwn;
    AddLock(fill, id.parent(), LockMode::kRowExclusive);
    MarkScan(fill, id.parent(), alteration.context);
  }
  if (alteration.context.SizeOf(id.parent()).bytes >= kSmallTable) {
    SetNotNullOnline(alteration.after, alteration.context, actions, !backfill.empty());
    return;
  }
  Action& action = backfill.empty() ? AlterColumn(alteration, actions, "SET NOT NULL", "DROP NOT NULL")
                                    : actions.Then(alteration.after, Verb::kAlter, AlterColumn(id) + " SET NOT NULL");
  AddLock(action, id.parent(), LockMode::kAccessExclusive);
  MarkScan(action, id.parent(), alteration.context);
  if (backfill.empty()) AddHazard(action, HazardKind::kMayFail, "no row may hold NULL in it");
  action.step.note = kSmallTableNote;
}

bool CanAlterGenerated(const Alteration& alteration) {
  const Column& before = alteration.Before<Column>();
  const Column& after = alteration.After<Column>();
  using enum Column::Generated;
  if (after.generated == kNone) return before.generated == kStored;
  return before.generated == after.generated && alteration.context.major() >= 17;
}

void SetGenerated(const Alteration& alteration, ActionList& actions) {
  const Column& after = alteration.After<Column>();
  if (after.generated == Column::Generated::kNone) {
    AlterColumn(alteration, actions, "DROP EXPRESSION");
    return;
  }
  Action& action =
      AlterColumn(alteration, actions, fmt::format("SET EXPRESSION AS ({})", after.generation_expression.Text()));
  if (after.generated == Column::Generated::kStored)
    MarkRewrite(action, alteration.after.id.parent(), alteration.context);
}

void SetStorage(const Alteration& alteration, ActionList& actions) {
  const auto text = [](const std::string& storage) { return "SET STORAGE " + (storage.empty() ? "DEFAULT" : storage); };
  if (alteration.After<Column>().storage.empty() && alteration.context.major() < 16) {
    // SET STORAGE DEFAULT came with version 16; the types that have a choice at all are EXTENDED by default, but for
    // numeric, which is MAIN.
    const bool main = alteration.After<Column>().type.sql.starts_with("numeric");
    AlterColumn(alteration, actions, main ? "SET STORAGE MAIN" : "SET STORAGE EXTENDED");
    return;
  }
  AlterColumn(alteration, actions, text(alteration.After<Column>().storage), text(alteration.Before<Column>().storage));
}

void SetCompression(const Alteration& alteration, ActionList& actions) {
  const std::string& method = alteration.After<Column>().compression;
  AlterColumn(alteration, actions, "SET COMPRESSION " + (method.empty() ? "DEFAULT" : method));
}

void SetStatistics(const Alteration& alteration, ActionList& actions) {
  Action& action =
      AlterColumn(alteration, actions, fmt::format("SET STATISTICS {}", alteration.After<Column>().statistics_target),
                  fmt::format("SET STATISTICS {}", alteration.Before<Column>().statistics_target));
  action.step.locks.clear();
  AddLock(action, alteration.after.id.parent(), LockMode::kShareUpdateExclusive);
}

void SetColumnOptions(const Alteration& alteration, ActionList& actions) {
  const OptionChanges changes = CompareOptions(alteration.Before<Column>().options, alteration.After<Column>().options);
  if (!changes.set.empty()) AlterColumn(alteration, actions, "SET (" + OptionList(changes.set) + ")");
  if (!changes.reset.empty()) AlterColumn(alteration, actions, "RESET (" + Join(changes.reset, ", ") + ")");
}

}  // namespace schemadiff
