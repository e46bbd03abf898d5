#include "planner/fold.h"

#include <algorithm>
#include <unordered_set>

#include "model/lineage.h"
#include "model/partition_index.h"
#include "planner/rules/partition_index.h"

namespace schemadiff {
namespace {

bool IsFoldableKind(ObjectKind kind) {
  using enum ObjectKind;
  return kind == kColumn || kind == kColumnDefault || kind == kNotNull || kind == kKey || kind == kCheck ||
         kind == kExclusion || kind == kDomainConstraint;
}

// Whether what `from` needs leads back to `root`, among what the plan creates.
bool Reaches(ObjectId from, ObjectId root, const PlanContext& context, std::unordered_set<ObjectId>& seen) {
  if (from.root() == root || (from.parent() && Reaches(from.parent(), root, context, seen))) return true;
  if (!seen.insert(from).second) return false;
  const Object* object = context.desired().Find(from);
  if (object == nullptr || !context.IsNew(from)) return false;
  const auto reaches = [&](const Object& needs) {
    return std::ranges::any_of(needs.edges, [&](const Edge& edge) {
      return edge.kind != EdgeKind::kOwnedBy && Reaches(edge.target, root, context, seen);
    });
  };
  if (reaches(*object)) return true;
  // A table's foreign keys are apart from it; its columns are not.
  return std::ranges::any_of(context.desired().Members(from), [&](const Object* member) {
    return member->id.kind() == ObjectKind::kColumn && reaches(*member);
  });
}

}  // namespace

bool IsFolded(const Object& object, const PlanContext& context) {
  const ObjectId parent = object.id.parent();
  if (!parent || !IsFoldableKind(object.id.kind())) return false;
  const Object* owner = context.desired().Find(parent);
  if (owner == nullptr || !context.IsNew(parent)) return false;
  if (object.id.kind() == ObjectKind::kColumn) return true;
  if (context.in_any_order() && object.only) return false;
  // A partition's own constraints come after it is one: its columns are its parent's. Of its own key, they have their
  // NOT NULL then (src/backend/parser/parse_utilcmd.c).
  if (PartitionParent(*owner)) {
    return object.id.kind() == ObjectKind::kKey && !WholeOf(object) && !BringsParts(*owner, context);
  }
  if (const NotNull* not_null = object.If<NotNull>()) return not_null->valid && !IsBackfilled(*owner, context);
  if (const Check* check = object.If<Check>(); check && !check->valid && check->enforced) return false;
  return std::ranges::none_of(object.edges, [&](const Edge& edge) {
    std::unordered_set<ObjectId> seen;
    return edge.kind == EdgeKind::kUses && edge.target.root() != object.id.root() &&
           Reaches(edge.target, object.id.root(), context, seen);
  });
}

bool IsBackfilled(const Object& column, const PlanContext& context) {
  const ObjectId table = column.id.parent();
  if (column.annotations == nullptr || column.annotations->backfill.empty() || context.IsNew(table)) return false;
  const Column& attributes = column.As<Column>();
  if (attributes.identity != Column::Identity::kNone || attributes.generated != Column::Generated::kNone) return false;
  const Object* value = context.desired().Find(ObjectId::Member(ObjectKind::kColumnDefault, column.id, ""));
  return value == nullptr || !IsFolded(*value, context);
}

std::vector<const Object*> FoldedInto(const Object& object, const PlanContext& context) {
  std::vector<const Object*> folded;
  for (const Object* member : context.desired().Members(object.id)) {
    if (!IsFolded(*member, context)) continue;
    folded.push_back(member);
    std::ranges::copy(FoldedInto(*member, context), std::back_inserter(folded));
  }
  return folded;
}

}  // namespace schemadiff
