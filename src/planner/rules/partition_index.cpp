#include "planner/rules/partition_index.h"

#include <fmt/format.h>

#include <algorithm>

#include "model/lineage.h"
#include "model/partition_index.h"
#include "planner/sql.h"

namespace schemadiff {
namespace {

bool IsPartition(const Schema& schema, ObjectId table, ObjectId parent) {
  const Object* object = schema.Find(table);
  return object != nullptr && PartitionParent(*object) == parent;
}

// Whether all are known, and none comes or goes.
bool PartitionsStay(ObjectId table, const PlanContext& context) {
  if (context.live().Find(table)->As<Table>().has_unmanaged_parts) return false;
  const auto joins = [&](ObjectId partition) { return !context.IsNew(partition); };
  return std::ranges::none_of(context.PartitionsThatJoin(table), joins) && context.PartitionsThatMove(table).empty();
}

}  // namespace

void AttachPart(const Object& part, const PlanContext& context, ActionList& actions, bool follows) {
  const ObjectId whole = WholeOf(part);
  if (!whole) return;
  const bool is_attached = context.IsNew(whole) || context.IsNew(part.id.parent()) ||
                           !IsPartition(context.live(), part.id.parent(), whole.parent());
  if (is_attached && !context.in_any_order()) return;
  Action& action =
      actions.Add(part, Verb::kAlter,
                  fmt::format("ALTER INDEX {} ATTACH PARTITION {}", RelationName(whole), RelationName(part.id)));
  if (is_attached) {
    action.produces_object = false;
    action.consumes.push_back(whole);
    return;
  }
  action.follows_previous = follows;
  AddLock(action, whole, LockMode::kAccessExclusive);
  AddLock(action, part.id, LockMode::kAccessExclusive);
}

void SetAttached(const Alteration& alteration, ActionList& actions) {
  AttachPart(alteration.after, alteration.context, actions, false);
}

bool CanSetAttached(const Alteration& alteration) { return !WholeOf(alteration.before); }

void ExcludeFormerParts(Action& action, const Object& whole, const PlanContext& context) {
  if (!context.IsPartitioned(whole.id.parent())) return;
  for (const ObjectKind kind : {ObjectKind::kIndex, ObjectKind::kKey}) {
    for (const auto& [id, object] : context.live().OfKind(kind)) {
      const bool former = IsPartition(context.live(), id.parent(), whole.id.parent()) && !WholeOf(object) &&
                          !context.desired().Contains(id) && CanBePart(object, whole);
      if (former) action.excludes.push_back(id);
    }
  }
}

std::vector<ObjectId> PartitionsOf(ObjectId table, const PlanContext& context) {
  std::vector<ObjectId> partitions = context.DescendantsOf(table);
  std::erase_if(partitions, [&](ObjectId id) {
    return id.kind() != ObjectKind::kTable || !IsPartition(context.live(), id, table);
  });
  return partitions;
}

bool HasAllParts(const Object& whole, const PlanContext& context) {
  const ObjectId table = whole.id.parent();
  if (!context.IsPartitioned(table) || !PartitionsStay(table, context)) return false;
  return std::ranges::all_of(PartitionsOf(table, context), [&](ObjectId partition) {
    const Object* part = PartOn(context.desired(), partition, whole.id);
    return part != nullptr && (!context.IsPartitioned(partition) || HasAllParts(*part, context));
  });
}

void TellPartsTaken(Action& action) {
  action.step.note = "the partitions have their parts by now: they are taken, and nothing is built";
}

std::string_view IfExists(const Object& index) { return WholeOf(index) ? "IF EXISTS " : ""; }

bool BringsParts(const Object& table, const PlanContext& context) {
  if (!PartitionParent(table)) return false;
  return std::ranges::any_of(context.desired().Members(table.id), [&](const Object* member) {
    const ObjectId whole = WholeOf(*member);
    return whole && !context.IsNew(whole);
  });
}

}  // namespace schemadiff
