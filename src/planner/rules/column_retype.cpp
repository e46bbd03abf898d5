#include <fmt/format.h>

#include <algorithm>

#include "model/lineage.h"
#include "planner/hazards.h"
#include "planner/rules/column_rules.h"
#include "planner/rules/column_type.h"
#include "planner/rules/partition.h"
#include "planner/types.h"
#include "support/quote.h"

namespace schemadiff {
namespace {

// Whether the table, or one from which it inherits, has a column of that name.
bool HasColumn(const Schema& schema, ObjectId table, ObjectId column) {
  const Object* object = schema.Find(table);
  if (object == nullptr) return false;
  return schema.Contains(column.WithParent(table)) ||
         std::ranges::any_of(InheritanceParents(*object),
                             [&](ObjectId parent) { return HasColumn(schema, parent, column); });
}

// Foreign keys over the column stay, and are made anew by ALTER COLUMN: the table on their other side is locked as
// well.
void LockOtherSides(Action& action, ObjectId column, const PlanContext& context) {
  for (const Object* object : context.ForeignKeysOf(column.parent())) {
    const ForeignKey& key = object->As<ForeignKey>();
    if (!std::ranges::contains(key.columns, column.name())) continue;
    AddLockWithPartitions(action, key.referenced, LockMode::kAccessExclusive, context);
  }
  for (const Object* object : context.ReferencesTo(column.parent())) {
    if (!std::ranges::contains(object->As<ForeignKey>().referenced_columns, column.name())) continue;
    AddLockWithPartitions(action, object->id.parent(), LockMode::kAccessExclusive, context);
  }
}

// Whether the table has the column from a parent, which brings it its type: PostgreSQL refuses to change that of an
// inherited column itself, also where the table declares it as well.
bool GetsTypeFromParent(const Alteration& alteration) {
  const Object* before = alteration.context.live().Find(alteration.before.id.parent());
  const Object* after = alteration.context.desired().Find(alteration.after.id.parent());
  if (!alteration.before.inherited || before == nullptr || after == nullptr) return false;
  return std::ranges::any_of(InheritanceParents(*after), [&](ObjectId parent) {
    return std::ranges::contains(InheritanceParents(*before), parent) &&
           HasColumn(alteration.context.live(), parent, alteration.before.id) &&
           HasColumn(alteration.context.desired(), parent, alteration.after.id);
  });
}

// ALTER COLUMN goes on to those that inherit the column, also where they declare it as well.
void ReachDescendants(Action& action, ObjectId column, const PlanContext& context) {
  for (const ObjectId table : context.DescendantsOf(column.parent())) {
    const ObjectId theirs = column.WithParent(table);
    if (!context.live().Contains(theirs) || !context.desired().Contains(theirs)) continue;
    action.destroys.push_back(theirs);
    action.produces.push_back(theirs);
  }
}

Action& ChangeType(const Alteration& alteration, ActionList& actions, const std::string& conversion) {
  const Column& before = alteration.Before<Column>();
  const Column& after = alteration.After<Column>();
  const ObjectId id = alteration.after.id;
  std::string what = "TYPE " + after.type.sql;
  if (!after.collation.empty()) {
    what += " COLLATE " + after.collation;
  } else if (!before.collation.empty() && after.type.HasDatabaseCollation()) {
    what += " COLLATE \"default\"";
  }
  if (!conversion.empty() && HasRows(id.parent())) what += " USING " + conversion;
  Action& action = AlterColumn(alteration, actions, what);
  LockOtherSides(action, id, alteration.context);
  RefuseInPartitionKey(action, id, alteration.context);
  action.destroys.push_back(id);
  ReachDescendants(action, id, alteration.context);
  const bool recollated = before.collation != after.collation || (alteration.fields.none() && conversion.empty());
  if (!KeepsHeap(before.type.sql, after.type.sql) || recollated) {
    MarkRewrite(action, id.parent(), alteration.context);
  }
  if (HasRows(id.parent()) && MayFail(before.type.sql, after.type.sql)) {
    AddHazard(action, HazardKind::kMayFail,
              fmt::format("every value has to convert from {} to {}", before.type.sql, after.type.sql));
  }
  if (HasRows(id.parent())) AnnounceLoss(action, WhatIsLost(before.type.sql, after.type.sql, !conversion.empty()));
  AddHazard(action, HazardKind::kBreaksClients, "clients see another type");
  return action;
}

// Whether something that the object uses is made anew: a collation, or anything else.
bool UsesReplaced(const Object& object, const PlanContext& context, bool collation) {
  return std::ranges::any_of(object.edges, [&](const Edge& edge) {
    return (edge.target.kind() == ObjectKind::kCollation) == collation && context.IsReplaced(edge.target);
  });
}

// A new type brings its storage and no compression (src/backend/commands/tablecmds.c, ATExecAlterColumnType()), to
// descendants as well. What changes is set by its own rule.
void KeepStorage(const Alteration& alteration, ActionList& actions) {
  const Column& after = alteration.After<Column>();
  if (!after.storage.empty() && !alteration.fields[FieldIndex<Column>("storage")]) SetStorage(alteration, actions);
  if (!after.compression.empty() && !alteration.fields[FieldIndex<Column>("compression")]) {
    SetCompression(alteration, actions);
  }
}

}  // namespace

void SetType(const Alteration& alteration, ActionList& actions) {
  if (GetsTypeFromParent(alteration)) {
    KeepStorage(alteration, actions);
    return;
  }
  const bool follows = SetIdentityBefore(alteration, actions);
  const std::string& given = alteration.after.annotations ? alteration.after.annotations->conversion : std::string();
  Action& change = ChangeType(
      alteration, actions,
      given.empty() ? ConversionExpression(QuoteIdentifier(alteration.after.id.name()),
                                           alteration.Before<Column>().type.sql, alteration.After<Column>().type.sql)
                    : given);
  change.follows_previous = follows;
  KeepStorage(alteration, actions);
}

void AdaptColumn(const Alteration& alteration, ActionList& actions) {
  if (GetsTypeFromParent(alteration)) return;
  const bool retyped = UsesReplaced(alteration.before, alteration.context, false);
  ChangeType(alteration, actions, retyped ? AdaptedValue(alteration) : std::string());
  KeepStorage(alteration, actions);
}

// PostgreSQL refuses to change the type of a column that these mention; where the type changes its family, so may what
// defaults, checks and indexes over it mean.
bool ColumnDisplaces(const Alteration& alteration, const Object& dependent) {
  const bool adapts = alteration.fields.none();
  const bool retyped =
      adapts || alteration.fields[FieldIndex<Column>("type")] || alteration.fields[FieldIndex<Column>("collation")];
  if (!retyped) return false;
  using enum ObjectKind;
  // ALTER COLUMN makes the indexes anew that have the column's collation, but they are not the plan's to replace then.
  const bool recollated = adapts && UsesReplaced(dependent, alteration.context, true);
  const bool family_changes =
      (adapts && UsesReplaced(alteration.before, alteration.context, false)) ||
      !ConvertsImplicitly(alteration.Before<Column>().type.sql, alteration.After<Column>().type.sql);
  if (RulesFor(dependent.id.kind()).pins_column_types) return true;
  switch (dependent.id.kind()) {
    case kColumn: return dependent.As<Column>().generated != Column::Generated::kNone;
    case kColumnDefault:
    case kCheck:
    case kForeignKey:
    case kExclusion: return recollated || family_changes;
    // ALTER COLUMN makes statistics anew, and their expressions would keep casts from the old type.
    case kStatistics: return recollated || !dependent.As<Statistics>().expressions.empty();
    case kIndex: {
      const Index& index = dependent.As<Index>();
      const bool plain = !index.predicate && std::ranges::all_of(index.elements, [](const IndexElement& element) {
        return !element.expression && element.operator_class.empty();
      });
      return recollated || (family_changes && !plain);
    }
    default: return recollated;
  }
}

}  // namespace schemadiff
