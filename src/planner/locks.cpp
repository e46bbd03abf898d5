#include "planner/locks.h"

#include <algorithm>
#include <string_view>

namespace schemadiff {

void AddLock(Action& action, ObjectId relation, LockMode mode) {
  const std::string name = RelationName(relation);
  for (Lock& lock : action.step.locks) {
    if (lock.relation != name) continue;
    lock.mode = std::max(lock.mode, mode);
    return;
  }
  action.step.locks.push_back({name, mode});
}

void AddLockWithDescendants(Action& action, ObjectId table, LockMode mode, const PlanContext& context) {
  if (!context.IsNew(table)) AddLock(action, table, mode);
  for (const ObjectId child : context.DescendantsOf(table)) AddLock(action, child, mode);
}

void AddLockWithPartitions(Action& action, ObjectId table, LockMode mode, const PlanContext& context) {
  if (context.IsPartitioned(table)) return AddLockWithDescendants(action, table, mode, context);
  if (!context.IsNew(table)) AddLock(action, table, mode);
}

// Those that VACUUM and the planner look at, and how full pages get, need less
// (src/backend/access/common/reloptions.c).
LockMode StorageParameterLock(const OptionChanges& changes) {
  const auto is_light = [](std::string_view name) {
    if (name.starts_with("toast.")) name.remove_prefix(6);
    constexpr std::string_view others[] = {"fillfactor", "parallel_workers", "toast_tuple_target", "deduplicate_items",
                                           "log_autovacuum_min_duration"};
    return name.starts_with("autovacuum_") || name.starts_with("vacuum_") || std::ranges::contains(others, name);
  };
  const bool light = std::ranges::all_of(changes.set, is_light, [](const auto& option) { return option.first; }) &&
                     std::ranges::all_of(changes.reset, is_light);
  return light ? LockMode::kShareUpdateExclusive : LockMode::kAccessExclusive;
}

void AddDescriptionLock(Action& action, ObjectId described, const PlanContext& context) {
  const ObjectId relation = described.kind() == ObjectKind::kColumn ? described.parent() : described;
  const bool locked = StandsIn(relation.kind(), NameSpace::kRelation) && !IsType(relation.kind()) &&
                      !StandsIn(relation.kind(), NameSpace::kConstraint);
  if (locked && !context.IsNew(relation)) AddLock(action, relation, LockMode::kShareUpdateExclusive);
}

}  // namespace schemadiff
