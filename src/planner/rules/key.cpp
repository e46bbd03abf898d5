#include <fmt/format.h>

#include <algorithm>

#include "model/lineage.h"
#include "planner/rules/constraint.h"
#include "planner/rules/index_sql.h"
#include "planner/rules/partition.h"
#include "planner/rules/partition_index.h"
#include "planner/sql.h"
#include "support/quote.h"

namespace schemadiff {
namespace {

// USING INDEX needs a plain b-tree, and is not to be had on partitioned tables (manual: ALTER TABLE).
bool CanUseIndex(const Object& object, const PlanContext& context) {
  const Key& key = object.As<Key>();
  return !key.without_overlaps && !context.IsPartitioned(object.id.parent());
}

// Columns of a primary key are NOT NULL before it is there, and as long as it is.
std::vector<ObjectId> NotNullOf(const Object& object) {
  std::vector<ObjectId> constraints;
  const Key& key = object.As<Key>();
  for (const std::string& name : key.primary ? key.columns : std::vector<std::string>()) {
    const ObjectId column = ObjectId::Member(ObjectKind::kColumn, object.id.parent(), name);
    constraints.push_back(ObjectId::Member(ObjectKind::kNotNull, column, ""));
  }
  return constraints;
}

// A partition's are those of its parents' columns.
void ConsumeNotNull(Action& action, const Object& object, const PlanContext& context) {
  for (const ObjectId not_null : NotNullOf(object)) {
    action.consumes.push_back(not_null);
    const ObjectId topmost = TopmostColumn(context.desired(), not_null.parent());
    action.consumes.push_back(ObjectId::Member(ObjectKind::kNotNull, topmost, ""));
  }
}

// The index is built without blocking writers, under a name of its own.
Action& BuildIndex(const Object& object, const std::string& name, Verb verb, const PlanContext& context,
                   ActionList& actions) {
  const Key& key = object.As<Key>();
  const ObjectId table = object.id.parent();
  const std::string qualified = QuoteQualified(table.schema(), name);
  Index index{.unique = true,
              .include = key.include,
              .nulls_not_distinct = key.nulls_not_distinct,
              .options = key.options,
              .tablespace = key.tablespace};
  for (const std::string& column : key.columns) index.elements.push_back({.column = column});
  Action& build = actions.Add(object, verb, CreateIndexSql(table, name, index, true));
  build.step.transaction = TransactionMode::kNone;
  AddScan(build, table, context);
  build.step.cleanup = "DROP INDEX CONCURRENTLY IF EXISTS " + qualified;
  build.step.undo = fmt::format("DROP INDEX CONCURRENTLY {}{}", IfExists(object), qualified);
  AddLock(build, table, LockMode::kShareUpdateExclusive);
  AddHazard(build, HazardKind::kMayFail, "no two rows may have the same key");
  ConsumeNotNull(build, object, context);
  return build;
}

std::string AddUsingIndex(const Object& object, const std::string& index) {
  const Key& key = object.As<Key>();
  return fmt::format("ADD CONSTRAINT {} {} USING INDEX {}{}", QuoteIdentifier(object.id.name()),
                     key.primary ? "PRIMARY KEY" : "UNIQUE", QuoteIdentifier(index),
                     Deferrability(key.deferrable, key.initially_deferred));
}

// The index then becomes the constraint's in an instant.
void CreateUsingIndex(const Object& object, const PlanContext& context, ActionList& actions) {
  const std::string table = RelationName(object.id.parent());
  const std::string& name = object.id.name();
  BuildIndex(object, name, Verb::kCreate, context, actions);
  Action& attach =
      actions.Then(object, Verb::kAlter, fmt::format("ALTER TABLE {} {}", table, AddUsingIndex(object, name)));
  attach.step.undo = fmt::format("ALTER TABLE {} DROP CONSTRAINT {}{}", table, IfExists(object), QuoteIdentifier(name));
  LockForConstraint(attach, object, LockMode::kAccessExclusive, context);
}

bool ChangesKeyColumnType(const Alteration& alteration) {
  return std::ranges::any_of(alteration.After<Key>().columns, [&](const std::string& name) {
    const ObjectId column = ObjectId::Member(ObjectKind::kColumn, alteration.after.id.parent(), name);
    const Object* before = FindColumn(alteration.context.live(), column);
    const Object* after = FindColumn(alteration.context.desired(), column);
    return before != nullptr && after != nullptr && before->As<Column>().type != after->As<Column>().type;
  });
}

// Keys of partitioned tables, and their parts, have no index that could be built apart. What becomes the primary key
// waits for the former one to go.
bool KeyCanReplace(const Alteration& alteration) {
  const bool same_kind = alteration.Before<Key>().primary == alteration.After<Key>().primary;
  return same_kind && CanUseIndex(alteration.after, alteration.context) && !alteration.Before<Key>().attached_to &&
         !alteration.After<Key>().attached_to && !ChangesKeyColumnType(alteration);
}

// At no time are rows without one of the two.
void ReplaceKey(const Alteration& alteration, ActionList& actions) {
  const ObjectId id = alteration.after.id;
  const std::string fresh = NewName(id.name());
  BuildIndex(alteration.after, fresh, Verb::kReplace, alteration.context, actions).produces_object = false;
  Action& swap = actions.Then(alteration.after, Verb::kReplace,
                              fmt::format("ALTER TABLE {} DROP CONSTRAINT {}, {}", RelationName(id.parent()),
                                          QuoteIdentifier(id.name()), AddUsingIndex(alteration.after, fresh)));
  RestoreMarks(swap, id, alteration.context);
  swap.destroys.push_back(id);
  std::ranges::copy(NotNullOf(alteration.before), std::back_inserter(swap.releases));
  LockForConstraint(swap, alteration.after, LockMode::kAccessExclusive, alteration.context);
}

void CreateKey(const Object& object, const PlanContext& context, ActionList& actions) {
  const ObjectId table = object.id.parent();
  if (!context.IsNew(table) && CanUseIndex(object, context)) {
    CreateUsingIndex(object, context, actions);
    return AttachPart(object, context, actions, true);
  }
  Action& action = AddConstraintStep(object, context, actions, LockMode::kAccessExclusive);
  ConsumeNotNull(action, object, context);
  ExcludeFormerParts(action, object, context);
  AwaitPartitionKeys(action, table, context);
  if (HasAllParts(object, context)) {
    TellPartsTaken(action);
  } else if (!context.IsNew(table)) {
    action.step.transaction = TransactionMode::kOwn;
    AddScan(action, table, context);
    AddHazard(action, HazardKind::kBlocksReads, "readers and writers wait while its index is built");
    AddHazard(action, HazardKind::kMayFail, "no two rows may have the same key");
  }
  AttachPart(object, context, actions, true);
}

void DropKey(const Object& object, const PlanContext& context, ActionList& actions) {
  DropConstraintStep(object, context, actions).releases = NotNullOf(object);
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
      {"options", SetIndexOptions},
      {"tablespace", SetIndexTablespace},
      {"attached_to", SetAttached, CanSetAttached},
  });
  static_assert(Covers<Key>(fields));
  static constexpr KindRules rules{.create = CreateKey,
                                   .drop = DropKey,
                                   .fields = fields,
                                   .subject = SubjectOnParent<"CONSTRAINT">,
                                   .rename = RenameConstraint,
                                   .replace = ReplaceKey,
                                   .can_replace = KeyCanReplace,
                                   .replace_keeps_members = false,
                                   .gap = "until it is added again, rows may break it"};
  return rules;
}

}  // namespace schemadiff
