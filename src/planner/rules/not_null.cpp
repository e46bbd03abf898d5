#include <fmt/format.h>

#include "model/implicit_names.h"
#include "model/lineage.h"
#include "planner/fold.h"
#include "planner/rules/column_rules.h"
#include "planner/sql.h"
#include "support/quote.h"

namespace schemadiff {
namespace {

constexpr std::int64_t kSmallTable = 8 << 20;  // Below this a scan under a lock is shorter than the way around it.
constexpr const char* kSmallTableNote = "the table is small: the direct way is the shorter one";

// From version 18 it is a constraint, before that a mark on the column.
bool IsConstraint(const PlanContext& context) { return context.major() >= 18; }

std::string NotNullNameOf(const Object& object) {
  const std::string& name = object.As<NotNull>().name;
  return name.empty() ? NotNull::ImplicitName(object.id) : name;
}

std::string SetSql(const Object& object, const PlanContext& context) {
  const ObjectId column = object.id.parent();
  const NotNull& not_null = object.As<NotNull>();
  if (!IsConstraint(context) || not_null == NotNull{}) return AlterColumn(column) + " SET NOT NULL";
  return fmt::format("{} ADD {}", AlterRelation(column.parent()), NotNullDefinition(not_null, column.name()));
}

std::string DropNotNullSql(const Object& object) { return AlterColumn(object.id.parent()) + " DROP NOT NULL"; }

// Where a new column's rows are filled by a step of the column, NOT NULL follows it; those of an existing column are
// filled here.
Phase PhaseOf(const Object* column) {
  const bool fills = column != nullptr && column->annotations != nullptr && !column->annotations->backfill.empty();
  return fills ? Phase::kBackfill : Phase::kExpand;
}

void AddFill(const Object& object, const Object& column, const PlanContext& context, ActionList& actions) {
  const ObjectId table = column.id.parent();
  const std::string quoted = QuoteIdentifier(column.id.name());
  Action& fill = actions.Add(object, Verb::kAlter,
                             fmt::format("UPDATE {} SET {} = {} WHERE {} IS NULL", RelationName(table), quoted,
                                         column.annotations->backfill, quoted));
  fill.step.phase = Phase::kBackfill;
  fill.step.transaction = TransactionMode::kOwn;
  AddLockWithDescendants(fill, table, LockMode::kRowExclusive, context);
  MarkScan(fill, table, context);
}

Action& AddNotNullValidation(const Object& object, const PlanContext& context, ActionList& actions,
                             const std::string& name) {
  const ObjectId table = object.id.root();
  Action& validate = actions.Add(object, Verb::kAlter,
                                 fmt::format("{} VALIDATE CONSTRAINT {}", AlterRelation(table), QuoteIdentifier(name)));
  validate.step.transaction = TransactionMode::kOwn;
  AddLockWithDescendants(validate, table, LockMode::kShareUpdateExclusive, context);
  MarkScan(validate, table, context);
  AddHazard(validate, HazardKind::kMayFail, "no row may hold NULL in it");
  return validate;
}

// Added NOT VALID, then validated without blocking writers. Before version 18 a check does so, and proves SET NOT NULL,
// which then reads no rows (manual: ALTER TABLE, "SET NOT NULL").
void SetOnline(const Object& object, const PlanContext& context, ActionList& actions, bool follows) {
  const ObjectId column = object.id.parent();
  const std::string alter = AlterRelation(column.parent());
  const bool is_constraint = IsConstraint(context);
  Object not_valid = object;
  not_valid.As<NotNull>().name = NotNullNameOf(object);
  not_valid.As<NotNull>().valid = false;
  const std::string name = is_constraint ? NotNullNameOf(object) : MakeObjectName(column.name(), "", "not_null");
  Action& add = actions.Add(object, Verb::kAlter,
                            is_constraint ? SetSql(not_valid, context)
                                          : fmt::format("{} ADD CONSTRAINT {} CHECK ({} IS NOT NULL) NOT VALID", alter,
                                                        QuoteIdentifier(name), QuoteIdentifier(column.name())));
  add.follows_previous = follows;
  add.step.phase = PhaseOf(context.desired().Find(column));
  AddLockWithDescendants(add, column.parent(), LockMode::kAccessExclusive, context);
  const Phase phase = add.step.phase;
  if (is_constraint) add.step.undo = DropNotNullSql(object);
  Action& validate = AddNotNullValidation(object, context, actions, name);
  validate.follows_previous = true;
  validate.step.phase = phase;
  if (is_constraint) return;
  Action& set = actions.Then(object, Verb::kAlter, SetSql(object, context));
  set.step.phase = phase;
  set.step.sql.push_back(fmt::format("{} DROP CONSTRAINT {}", alter, QuoteIdentifier(name)));
  set.step.undo = DropNotNullSql(object);
  AddLockWithDescendants(set, column.parent(), LockMode::kAccessExclusive, context);
}

void CreateNotNull(const Object& object, const PlanContext& context, ActionList& actions) {
  const ObjectId column = object.id.parent();
  const ObjectId table = column.parent();
  const bool is_new = context.IsNew(table);
  const bool valid = object.As<NotNull>().valid;
  const Object* owner = context.desired().Find(column);
  const bool fills = PhaseOf(owner) == Phase::kBackfill && !context.IsNew(column);
  if (fills) AddFill(object, *owner, context, actions);
  if (!is_new && valid && context.SizeOf(table).bytes >= kSmallTable) return SetOnline(object, context, actions, fills);
  Action& action = actions.Add(object, Verb::kAlter, SetSql(object, context));
  action.follows_previous = fills;
  action.step.phase = PhaseOf(owner);
  action.step.undo = DropNotNullSql(object);
  if (is_new) {
    action.consumes.push_back(table);  // A partition's column is no object.
    return;
  }
  AddLockWithDescendants(action, table, LockMode::kAccessExclusive, context);
  if (!valid || !HasRows(table)) return;
  MarkScan(action, table, context);
  AddHazard(action, HazardKind::kMayFail,
            fills ? "no row may hold NULL in it, nor get one after the backfill" : "no row may hold NULL in it");
  action.step.note = kSmallTableNote;
}

void DropNotNull(const Object& object, const PlanContext& context, ActionList& actions) {
  const ObjectId column = object.id.parent();
  Action& action = actions.Add(object, Verb::kAlter, DropNotNullSql(object));
  action.step.undo = SetSql(object, context);
  // An identity column is NOT NULL: that goes first.
  const Object* owner = context.live().Find(column);
  if (const ObjectId sequence = owner ? IdentitySequence(*owner) : ObjectId()) action.excludes.push_back(sequence);
  if (object.As<NotNull>().no_inherit) {
    AddLock(action, column.parent(), LockMode::kAccessExclusive);
  } else {
    AddLockWithDescendants(action, column.parent(), LockMode::kAccessExclusive, context);
  }
}

void RenameIt(const Object& object, const std::string& from, const std::string& to, ActionList& actions) {
  const ObjectId table = object.id.root();
  const auto rename = [&](const std::string& a, const std::string& b) {
    return fmt::format("{} RENAME CONSTRAINT {} TO {}", AlterRelation(table), QuoteIdentifier(a), QuoteIdentifier(b));
  };
  Action& action = actions.Add(object, Verb::kRename, rename(from, to));
  action.step.undo = rename(to, from);
  AddLock(action, table, LockMode::kAccessExclusive);
}

void SetName(const Alteration& alteration, ActionList& actions) {
  RenameIt(alteration.after, alteration.Before<NotNull>().name, alteration.After<NotNull>().name, actions);
}

void SetInheritable(const Alteration& alteration, ActionList& actions) {
  const ObjectId table = alteration.after.id.root();
  const auto sql = [&](bool no_inherit) {
    return fmt::format("{} ALTER CONSTRAINT {} {}", AlterRelation(table),
                       QuoteIdentifier(NotNullNameOf(alteration.after)), no_inherit ? "NO INHERIT" : "INHERIT");
  };
  Action& action = actions.Add(alteration.after, Verb::kAlter, sql(alteration.After<NotNull>().no_inherit));
  action.step.undo = sql(alteration.Before<NotNull>().no_inherit);
  AddLockWithDescendants(action, table, LockMode::kAccessExclusive, alteration.context);
}

void SetValid(const Alteration& alteration, ActionList& actions) {
  AddNotNullValidation(alteration.after, alteration.context, actions, NotNullNameOf(alteration.after));
}

bool CanSetValid(const Alteration& alteration) { return alteration.After<NotNull>().valid; }

std::string NotNullSubject(ObjectId id, const PlanContext& context) {
  const Object* object = context.desired().Find(id);
  if (object == nullptr) object = context.live().Find(id);
  return fmt::format("CONSTRAINT {} ON {}", QuoteIdentifier(NotNullNameOf(*object)), RelationName(id.root()));
}

}  // namespace

template <>
const KindRules& RulesOf<NotNull>() {
  static constexpr auto fields = std::to_array<FieldRule>({
      {"name", SetName},
      {"no_inherit", SetInheritable},
      {"valid", SetValid, CanSetValid},
  });
  static_assert(Covers<NotNull>(fields));
  static constexpr KindRules rules{.create = CreateNotNull,
                                   .drop = DropNotNull,
                                   .fields = fields,
                                   .subject = NotNullSubject,
                                   .rename_member = RenameIt,
                                   .gap = "until it is set again, rows may hold NULL",
                                   .has_definition = false};
  return rules;
}

}  // namespace schemadiff
