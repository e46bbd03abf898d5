#include "planner/rules/trigger.h"

#include <fmt/format.h>

#include "model/lineage.h"
#include "planner/rules.h"
#include "planner/sql.h"
#include "support/quote.h"

namespace schemadiff {
namespace {

std::string Events(const Trigger& trigger) {
  std::vector<std::string> events;
  if (trigger.on_insert) events.emplace_back("INSERT");
  if (trigger.on_delete) events.emplace_back("DELETE");
  if (trigger.on_update) {
    events.push_back(trigger.update_columns.empty() ? "UPDATE" : "UPDATE OF " + ColumnList(trigger.update_columns));
  }
  if (trigger.on_truncate) events.emplace_back("TRUNCATE");
  return Join(events, " OR ");
}

std::string_view TimingName(Trigger::Timing timing) {
  switch (timing) {
    case Trigger::Timing::kBefore: return "BEFORE";
    case Trigger::Timing::kAfter: return "AFTER";
    case Trigger::Timing::kInsteadOf: return "INSTEAD OF";
  }
  return {};
}

std::string CreateTriggerSql(const Object& object, std::string_view create) {
  const Trigger& trigger = object.As<Trigger>();
  std::string sql = fmt::format("{} {}TRIGGER {} {} {} ON {}", create, trigger.constraint ? "CONSTRAINT " : "",
                                QuoteIdentifier(object.id.name()), TimingName(trigger.timing), Events(trigger),
                                RelationName(object.id.parent()));
  if (trigger.constraint_from) sql += " FROM " + RelationName(trigger.constraint_from);
  sql += Deferrability(trigger.deferrable, trigger.initially_deferred);
  if (!trigger.old_table.empty() || !trigger.new_table.empty()) {
    sql += " REFERENCING";
    if (!trigger.old_table.empty()) sql += " OLD TABLE AS " + QuoteIdentifier(trigger.old_table);
    if (!trigger.new_table.empty()) sql += " NEW TABLE AS " + QuoteIdentifier(trigger.new_table);
  }
  sql += trigger.for_each_row ? " FOR EACH ROW" : " FOR EACH STATEMENT";
  if (trigger.condition) sql += " WHEN (" + trigger.condition.Text() + ")";
  std::vector<std::string> arguments;
  for (const std::string& argument : trigger.arguments) arguments.push_back(QuoteLiteral(argument));
  return sql + fmt::format(" EXECUTE FUNCTION {}({})", trigger.function, Join(arguments, ", "));
}

std::string DropTriggerSql(const Object& object) {
  return fmt::format("DROP TRIGGER {} ON {}", QuoteIdentifier(object.id.name()), RelationName(object.id.parent()));
}

// A row trigger of a partitioned table has a copy on each partition.
void LockTriggerTable(Action& action, const Object& object, LockMode mode, const PlanContext& context) {
  const ObjectId table = object.id.parent();
  if (object.As<Trigger>().for_each_row) {
    AddLockWithPartitions(action, table, mode, context);
  } else if (!context.IsNew(table)) {
    AddLock(action, table, mode);
  }
}

void LockForTriggerCreation(Action& action, const Object& object, const PlanContext& context) {
  LockTriggerTable(action, object, LockMode::kShareRowExclusive, context);
  const ObjectId from = object.As<Trigger>().constraint_from;
  if (from && !context.IsNew(from)) AddLock(action, from, LockMode::kAccessShare);
}

// The copy of a partitioned table's trigger on a partition comes and goes with that: its state alone is its own.
void SetStateOfCopy(const Object& copy, const PlanContext& context, ActionList& actions) {
  Action& action = actions.Add(copy, Verb::kAlter, TriggerStateSql(copy));
  action.consumes.push_back(copy.id);  // A partition that is attached gets it from that.
  if (!context.IsNew(copy.id.parent())) AddLock(action, copy.id.parent(), LockMode::kShareRowExclusive);
}

// What happens to the trigger of a partitioned table sets the state of its copies.
void AddStatesOfCopies(Action& action, const Object& original, const PlanContext& context) {
  if (!context.IsPartitioned(original.id.parent())) return;
  for (const Object* object : context.desired().Sorted()) {
    if (object->id.kind() != ObjectKind::kTrigger || !context.live().Contains(object->id)) continue;
    const bool is_copy = OriginalTrigger(context.desired(), object->id) == &original;
    if (is_copy) action.step.sql.push_back(TriggerStateSql(*object));
  }
}

void CreateTrigger(const Object& object, const PlanContext& context, ActionList& actions) {
  if (OriginalTrigger(context.desired(), object.id) != nullptr) return SetStateOfCopy(object, context, actions);
  Action& action = actions.Add(object, Verb::kCreate, CreateTriggerSql(object, "CREATE"));
  if (object.As<Trigger>().enabled != Trigger::Enabled::kOrigin) action.step.sql.push_back(TriggerStateSql(object));
  action.step.undo = DropTriggerSql(object);
  LockForTriggerCreation(action, object, context);
}

void DropTrigger(const Object& object, const PlanContext& context, ActionList& actions) {
  Action& action = actions.Add(object, Verb::kDrop, DropTriggerSql(object));
  if (object.As<Trigger>().enabled == Trigger::Enabled::kOrigin) action.step.undo = CreateTriggerSql(object, "CREATE");
  // One that is made anew at once belongs to no later phase.
  if (!context.desired().Contains(object.id)) action.step.phase = Phase::kContract;
  LockTriggerTable(action, object, LockMode::kAccessExclusive, context);
}

void RenameTrigger(ObjectId from, const Object& object, const PlanContext& context, ActionList& actions) {
  const ObjectId table = object.id.parent();
  const auto rename = [&](ObjectId old_id, ObjectId new_id) {
    return fmt::format("ALTER TRIGGER {} ON {} RENAME TO {}", QuoteIdentifier(old_id.name()), RelationName(table),
                       QuoteIdentifier(new_id.name()));
  };
  Action& action = actions.Add(object, Verb::kRename, rename(from, object.id));
  action.step.undo = rename(object.id, from);
  AddLock(action, table, LockMode::kAccessExclusive);
  if (context.major() >= 15) LockTriggerTable(action, object, LockMode::kAccessExclusive, context);
}

void SetTriggerEnabled(const Alteration& alteration, ActionList& actions) {
  Action& action = actions.Add(alteration.after, Verb::kAlter, TriggerStateSql(alteration.after));
  action.step.undo = TriggerStateSql(alteration.before);
  AddStatesOfCopies(action, alteration.after, alteration.context);
  LockTriggerTable(action, alteration.after, LockMode::kShareRowExclusive, alteration.context);
}

// CREATE OR REPLACE TRIGGER enables the trigger again. It refuses constraint triggers (manual: CREATE TRIGGER): these
// are dropped and created in one step.
void RedefineTrigger(const Alteration& alteration, ActionList& actions) {
  const Trigger& before = alteration.Before<Trigger>();
  const Trigger& after = alteration.After<Trigger>();
  if (OriginalTrigger(alteration.context.desired(), alteration.after.id) != nullptr) {
    return SetStateOfCopy(alteration.after, alteration.context, actions);
  }
  if (alteration.fields.count() == 1 && before.enabled != after.enabled) return SetTriggerEnabled(alteration, actions);
  const bool in_place = !before.constraint && !after.constraint;
  Action& action = actions.Add(
      alteration.after, in_place ? Verb::kAlter : Verb::kReplace,
      in_place ? CreateTriggerSql(alteration.after, "CREATE OR REPLACE") : DropTriggerSql(alteration.before));
  action.makes_anew = !in_place;
  if (!in_place) {
    action.step.sql.push_back(CreateTriggerSql(alteration.after, "CREATE"));
    LockTriggerTable(action, alteration.after, LockMode::kAccessExclusive, alteration.context);
  } else if (before.enabled == Trigger::Enabled::kOrigin) {
    action.step.undo = CreateTriggerSql(alteration.before, "CREATE OR REPLACE");
  }
  if (after.enabled != Trigger::Enabled::kOrigin) action.step.sql.push_back(TriggerStateSql(alteration.after));
  AddStatesOfCopies(action, alteration.after, alteration.context);
  LockForTriggerCreation(action, alteration.after, alteration.context);
}

}  // namespace

std::string TriggerStateSql(const Object& object) {
  return fmt::format("ALTER TABLE {} {} TRIGGER {}", RelationName(object.id.parent()),
                     EnableWords(object.As<Trigger>().enabled), QuoteIdentifier(object.id.name()));
}

template <>
const KindRules& RulesOf<Trigger>() {
  static constexpr auto fields = std::to_array<FieldRule>({
      {"timing", RedefineTrigger},
      {"on_insert", RedefineTrigger},
      {"on_update", RedefineTrigger},
      {"on_delete", RedefineTrigger},
      {"on_truncate", RedefineTrigger},
      {"update_columns", RedefineTrigger},
      {"for_each_row", RedefineTrigger},
      {"condition", RedefineTrigger},
      {"old_table", RedefineTrigger},
      {"new_table", RedefineTrigger},
      {"constraint", RedefineTrigger},
      {"constraint_from", RedefineTrigger},
      {"deferrable", RedefineTrigger},
      {"initially_deferred", RedefineTrigger},
      {"function", RedefineTrigger},
      {"arguments", RedefineTrigger},
      {"enabled", RedefineTrigger},
  });
  static_assert(Covers<Trigger>(fields));
  static constexpr KindRules rules{.create = CreateTrigger,
                                   .drop = DropTrigger,
                                   .fields = fields,
                                   .subject = SubjectOnParent<"TRIGGER">,
                                   .rename = RenameTrigger,
                                   .pins_column_types = true,
                                   .gap = "until it is created again, it does not fire"};
  return rules;
}

}  // namespace schemadiff
