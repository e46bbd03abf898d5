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

}  // namespace

void LeaveParent(Action& action, ObjectId parent, const PlanContext& context) {
  const auto leave = [&](ObjectId member) { action.precedes.push_back(member); };
  ForEachMember(context.live(), parent, leave);
  ForEachMember(context.desired(), parent, leave);
}

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
    if (!alteration.context.IsNew(parent)) AddLock(join, parent, LockMode::kShareUpdateExclusive);
  }
}

}  // namespace schemadiff
