#include <fmt/format.h>

#include <algorithm>

#include "model/lineage.h"
#include "planner/rules.h"
#include "planner/rules/index_sql.h"
#include "planner/rules/partition.h"
#include "planner/rules/partition_index.h"
#include "planner/sql.h"
#include "support/quote.h"

namespace schemadiff {
namespace {

bool IsConcurrent(ObjectId table, const PlanContext& context) {
  return !context.IsNew(table) && !context.IsPartitioned(table);
}

std::string StatisticsSql(ObjectId index, const std::string& position, const std::string& target) {
  return fmt::format("ALTER INDEX {} ALTER COLUMN {} SET STATISTICS {}", RelationName(index), position, target);
}

void AnnounceBuild(Action& build, ObjectId table, const Index& index, const PlanContext& context) {
  AddScan(build, table, context);
  if (index.unique) AddHazard(build, HazardKind::kMayFail, "no two rows may have the same key");
}

void CreateIndex(const Object& object, const PlanContext& context, ActionList& actions) {
  const Index& index = object.As<Index>();
  const ObjectId table = object.id.parent();
  const bool concurrently = IsConcurrent(table, context);
  Action& action =
      actions.Add(object, Verb::kCreate,
                  CreateIndexSql(table, object.id.name(), index, concurrently, context.in_any_order() && object.only));
  action.step.undo =
      fmt::format("DROP INDEX {}{}{}", concurrently ? "CONCURRENTLY " : "", IfExists(object), RelationName(object.id));
  ExcludeFormerParts(action, object, context);
  if (index.unique) AwaitPartitionKeys(action, table, context);
  if (concurrently) {
    action.step.transaction = TransactionMode::kNone;
    action.step.cleanup = "DROP INDEX CONCURRENTLY IF EXISTS " + RelationName(object.id);
  }
  if (!context.IsNew(table)) {
    AddLockWithPartitions(action, table, concurrently ? LockMode::kShareUpdateExclusive : LockMode::kShare, context);
    if (HasAllParts(object, context)) {
      TellPartsTaken(action);
    } else {
      AnnounceBuild(action, table, index, context);
      if (!concurrently) AddHazard(action, HazardKind::kBlocksWrites, "writers wait while the index is built");
    }
  }
  for (const auto& [position, target] : index.statistics) {
    actions.Then(object, Verb::kAlter, StatisticsSql(object.id, position, target));
  }
  AttachPart(object, context, actions, true);
}

void DropIndex(const Object& object, const PlanContext& context, ActionList& actions) {
  const bool concurrently = IsConcurrent(object.id.parent(), context);
  Action& action =
      actions.Add(object, Verb::kDrop,
                  fmt::format("DROP INDEX {}{}", concurrently ? "CONCURRENTLY " : "", RelationName(object.id)));
  if (concurrently) action.step.transaction = TransactionMode::kNone;
  action.step.phase = Phase::kContract;
  action.step.undo = CreateIndexSql(object.id.parent(), object.id.name(), object.As<Index>(), concurrently);
  const LockMode lock = concurrently ? LockMode::kShareUpdateExclusive : LockMode::kAccessExclusive;
  AddLockWithPartitions(action, object.id.parent(), lock, context);
}

void RenameIndex(ObjectId from, const Object& object, const PlanContext&, ActionList& actions) {
  Action& action =
      actions.Add(object, Verb::kRename,
                  fmt::format("ALTER INDEX {} RENAME TO {}", RelationName(from), QuoteIdentifier(object.id.name())));
  action.step.undo = fmt::format("ALTER INDEX {} RENAME TO {}", RelationName(object.id), QuoteIdentifier(from.name()));
  AddLock(action, from, LockMode::kShareUpdateExclusive);
}

// A column of another type has to be there before the new index is, and the old index has to be gone before that.
bool ChangesIndexColumnType(const Alteration& alteration) {
  return std::ranges::any_of(alteration.after.edges, [&](const Edge& edge) {
    if (edge.target.kind() != ObjectKind::kColumn) return false;
    const Object* before = FindColumn(alteration.context.live(), edge.target);
    const Object* after = FindColumn(alteration.context.desired(), edge.target);
    if (before == nullptr || after == nullptr) return false;
    const Column& a = before->As<Column>();
    const Column& b = after->As<Column>();
    return a.type != b.type || a.collation != b.collation;
  });
}

// A part goes with its partitioned index, and that takes its parts along; neither is built concurrently.
bool IndexCanReplace(const Alteration& alteration) {
  return !ChangesIndexColumnType(alteration) && !alteration.Before<Index>().attached_to &&
         !alteration.context.IsPartitioned(alteration.after.id.parent());
}

// The new index is there before the old one goes: built under another name, and the names swapped. A foreign key that
// is made anew comes after both: it would take the old one.
void ReplaceIndex(const Alteration& alteration, ActionList& actions) {
  const ObjectId id = alteration.after.id;
  const ObjectId table = id.parent();
  const Index& index = alteration.After<Index>();
  const std::string fresh = NewName(id.name());
  const std::string fresh_qualified = QuoteQualified(id.schema(), fresh);
  Action& build = actions.Add(alteration.after, Verb::kReplace, CreateIndexSql(table, fresh, index, true));
  build.step.transaction = TransactionMode::kNone;
  build.step.cleanup = "DROP INDEX CONCURRENTLY IF EXISTS " + fresh_qualified;
  build.step.undo = "DROP INDEX CONCURRENTLY " + fresh_qualified;
  AddLock(build, table, LockMode::kShareUpdateExclusive);
  AnnounceBuild(build, table, index, alteration.context);
  const std::string old = QuoteIdentifier(OldName(id.name()));
  Action& swap =
      actions.Then(alteration.after, Verb::kReplace, fmt::format("ALTER INDEX {} RENAME TO {}", RelationName(id), old));
  swap.step.sql.push_back(fmt::format("ALTER INDEX {} RENAME TO {}", fresh_qualified, QuoteIdentifier(id.name())));
  AddLock(swap, id, LockMode::kShareUpdateExclusive);
  RestoreMarks(swap, id, alteration.context);
  for (const auto& [position, target] : index.statistics) {
    swap.step.sql.push_back(StatisticsSql(id, position, target));
  }
  Action& drop = actions.Then(alteration.after, Verb::kReplace,
                              fmt::format("DROP INDEX CONCURRENTLY {}.{}", QuoteIdentifier(id.schema()), old));
  drop.step.transaction = TransactionMode::kNone;
  drop.step.phase = Phase::kContract;
  AddLock(drop, table, LockMode::kShareUpdateExclusive);
}

void SetStatistics(const Alteration& alteration, ActionList& actions) {
  const Options& before = alteration.Before<Index>().statistics;
  const Options& after = alteration.After<Index>().statistics;
  const OptionChanges changes = CompareOptions(before, after);
  const auto add = [&](const std::string& position, const std::string& target) {
    Action& action = actions.Add(alteration.after, Verb::kAlter, StatisticsSql(alteration.after.id, position, target));
    AddLock(action, alteration.after.id, LockMode::kShareUpdateExclusive);
  };
  for (const auto& [position, target] : changes.set) add(position, target);
  for (const std::string& position : changes.reset) add(position, "-1");
}

}  // namespace

template <>
const KindRules& RulesOf<Index>() {
  static constexpr auto fields = std::to_array<FieldRule>({
      {"unique"},
      {"access_method"},
      {"elements"},
      {"include"},
      {"nulls_not_distinct"},
      {"predicate"},
      {"options", SetIndexOptions},
      {"tablespace", SetIndexTablespace},
      {"valid"},
      {"attached_to", SetAttached, CanSetAttached},
      {"statistics", SetStatistics},
  });
  static_assert(Covers<Index>(fields));
  static constexpr KindRules rules{.create = CreateIndex,
                                   .drop = DropIndex,
                                   .fields = fields,
                                   .subject = NamedSubject<"INDEX">,
                                   .rename = RenameIndex,
                                   .replace = ReplaceIndex,
                                   .can_replace = IndexCanReplace,
                                   .replace_keeps_members = false,
                                   .gap = "until it is built again, queries go without it"};
  return rules;
}

}  // namespace schemadiff
