#include "canonical/inheritance.h"

#include <vector>

#include "model/lineage.h"

namespace schemadiff {
namespace {

// The topmost table from which a partition has its columns.
ObjectId TopParent(const Schema& schema, ObjectId table) {
  while (const Object* object = schema.Find(table)) {
    const ObjectId parent = PartitionParent(*object);
    if (!parent) break;
    table = parent;
  }
  return table;
}

// Whether the desired state has the member on a parent of its table: it becomes inherited, and its rows stay.
bool BecomesInherited(const Schema& desired, ObjectId member) {
  const ObjectId owner = member.parent();
  if (!owner || !HasOwnColumns(owner.kind()) || desired.Contains(member)) return false;
  const Object* table = desired.Find(owner);
  if (table == nullptr) return false;
  using enum ObjectKind;
  if (PartitionParent(*table)) {
    const ObjectId top = TopParent(desired, owner);
    if (member.kind() == kColumn || member.kind() == kCheck) return desired.Contains(member.WithParent(top));
    return false;
  }
  for (const ObjectId parent : InheritanceParents(*table)) {
    if ((member.kind() == kColumn || member.kind() == kCheck) && desired.Contains(member.WithParent(parent)))
      return true;
  }
  return false;
}

// A default that the parent has as well is no fact of the partition.
bool IsParentsDefault(const Schema& live, const Schema& desired, const Object& value) {
  const ObjectId column = value.id.parent();
  if (value.id.kind() != ObjectKind::kColumnDefault || !BecomesInherited(desired, column)) return false;
  if (desired.Contains(value.id)) return false;
  const ObjectId top = value.id.WithParent(column.WithParent(TopParent(desired, column.parent())));
  const Object* parents = live.Find(top);
  return parents != nullptr && parents->As<ColumnDefault>() == value.As<ColumnDefault>();
}

}  // namespace

void FoldInheritance(Schema& live, const Schema& desired) {
  std::vector<ObjectId> folded;
  for (const auto& [id, object] : live) {
    const bool inherited = object.inherited && !desired.Contains(id);
    if (inherited || BecomesInherited(desired, id) || IsParentsDefault(live, desired, object)) folded.push_back(id);
  }
  for (const ObjectId id : folded) live.RemoveAlone(id);
}

}  // namespace schemadiff
