#include <fmt/format.h>

#include <algorithm>

#include "planner/rules/constraint.h"
#include "planner/rules/index_sql.h"
#include "planner/sql.h"
#include "support/quote.h"

namespace schemadiff {
namespace {

// USING INDEX needs a plain b-tree, and is not to be had on partitioned tables (manual: ALTER TABLE).
bool CanUseIndex(const Object& object, const PlanContext& context) {
  const Key& key = object.As<Key>();
  return !key.without_overlaps && !context.IsPartitioned(object.id.parent());
}

// The index is built without blocking writers, then becomes the constraint's in an instant.
void CreateUsingIndex(const Object& object, const PlanContext& context, ActionList& actions) {
  const Key& key = object.As<Key>();
  const ObjectId table = object.id.parent();
  Index index{.unique = true,
              .include = key.include,
              .nulls_not_distinct = key.nulls_not_distinct,
              .options = key.options,
              .tablespace = key.tablespace};
  for (const std::string& column : key.columns) index.elements.push_back({.column = column});
  Action& build = actions.Add(object, Verb::kCreate, CreateIndexSql(table, object.id.name(), index, true));
  build.step.transaction = TransactionMode::kNone;
  build.step.scans.push_back(RelationName(table));
  build.step.estimate = context.SizeOf(table);
  build.step.cleanup = "DROP INDEX CONCURRENTLY IF EXISTS " + RelationName(object.id);
  build.step.undo = "DROP INDEX CONCURRENTLY " + RelationName(object.id);
  AddLock(build, table, LockMode::kShareUpdateExclusive);
  AddHazard(build, HazardKind::kMayFail, "no two rows may have the same key");
  Action& attach = actions.Then(
      object, Verb::kAlter,
      fmt::format("ALTER TABLE {} ADD CONSTRAINT {} {} USING INDEX {}{}", RelationName(table),
                  QuoteIdentifier(object.id.name()), key.primary ? "PRIMARY KEY" : "UNIQUE",
                  QuoteIdentifier(object.id.name()), Deferrability(key.deferrable, key.initially_deferred)));
  attach.step.undo =
      fmt::format("ALTER TABLE {} DROP CONSTRAINT {}", RelationName(table), QuoteIdentifier(object.id.name()));
  AddLock(attach, table, LockMode::kAccessExclusive);
}

void Create(const Object& object, const PlanContext& context, ActionList& actions) {
  const ObjectId table = object.id.parent();
  if (!context.IsNew(table) && CanUseIndex(object, context)) return CreateUsingIndex(object, context, actions);
  Action& action = AddConstraintStep(object, context, actions, LockMode::kAccessExclusive);
  if (context.IsNew(table)) return;
  action.step.transaction = TransactionMode::kOwn;
  action.step.scans.push_back(RelationName(table));
  action.step.estimate = context.SizeOf(table);
  AddHazard(action, HazardKind::kBlocksReads, "readers and writers wait while its index is built");
  AddHazard(action, HazardKind::kMayFail, "no two rows may have the same key");
}

void SetOptions(const Alteration& alteration, ActionList& actions) {
  const OptionChanges changes = CompareOptions(alteration.Before<Key>().options, alteration.After<Key>().options);
  const std::string alter = "ALTER INDEX " + RelationName(alteration.after.id);
  const auto add = [&](const std::string& sql) {
    AddLock(actions.Add(alteration.after, Verb::kAlter, alter + sql), alteration.after.id,
            LockMode::kShareUpdateExclusive);
  };
  if (!changes.set.empty()) add(" SET (" + OptionList(changes.set) + ")");
  if (!changes.reset.empty()) add(" RESET (" + Join(changes.reset, ", ") + ")");
}

}  // namespace

template <>
const KindRules& RulesOf<Key>() {
  static constexpr auto fields = std::to_array<FieldRule>({
      {"primary"},
      {"columns"},
      {"include"},
      {"nulls_not_distinct"},
      {"deferrable"},
      {"initially_deferred"},
      {"without_overlaps"},
      {"options", SetOptions},
      {"tablespace"},
  });
  static_assert(Covers<Key>(fields));
  static constexpr KindRules rules{.create = Create,
                                   .drop = DropConstraint,
                                   .fields = fields,
                                   .subject = SubjectOnParent<"CONSTRAINT">,
                                   .rename = RenameConstraint};
  return rules;
}

}  // namespace schemadiff
