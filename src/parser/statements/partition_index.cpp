#include "parser/statements/partition_index.h"

#include <algorithm>

#include "model/inheriting.h"
#include "model/partition_index.h"
#include "parser/children.h"

namespace schemadiff {

// The oldest that fits.
void TakePart(Interpreter& in, ObjectId partition, ObjectId whole) {
  const Object& object = *in.schema().Find(whole);
  const std::vector<const Object*> members = in.schema().Members(partition);
  const auto is_taken = [&](const Object* member) { return WholeOf(*member) == whole; };
  if (std::ranges::any_of(members, is_taken)) return;
  const Object* oldest = nullptr;
  for (const Object* member : members) {
    if (WholeOf(*member) || !CanBePart(*member, object)) continue;
    if (oldest == nullptr || member->position < oldest->position) oldest = member;
  }
  if (oldest != nullptr) AttachPart(in, oldest->id, whole);
}

void AttachPart(Interpreter& in, ObjectId part, ObjectId whole) {
  Object& object = *in.schema().Find(part);
  SetWhole(object, whole);
  if (in.replays()) {
    MarkAsCopy(object, whole);
  } else {
    in.schema().Find(whole)->edges.push_back({part});
  }
}

void DetachParts(Interpreter& in, ObjectId table) {
  for (const Object* member : in.schema().Members(table)) {
    Object* whole = in.schema().Find(WholeOf(*member));
    if (whole == nullptr) continue;
    std::erase(whole->edges, Edge{member->id});
    SetWhole(*in.schema().Find(member->id), {});
  }
}

void TakeParts(Interpreter& in, ObjectId whole) {
  if (in.replays()) return HandDown(in, whole);
  for (const ObjectId partition : in.Partitions(whole.parent())) TakePart(in, partition, whole);
}

void TakePartsOf(Interpreter& in, ObjectId partition, ObjectId parent) {
  std::vector<ObjectId> wholes;
  for (const Object* member : in.schema().Members(parent)) {
    if (member->id.kind() == ObjectKind::kIndex || member->id.kind() == ObjectKind::kKey) wholes.push_back(member->id);
  }
  for (const ObjectId whole : wholes) TakePart(in, partition, whole);
}

std::string NameOfPart(Interpreter& in, ObjectId table, const Object& whole) {
  const bool is_constraint = whole.If<Key>() != nullptr;
  return PartNameOn(table.name(), whole, [&](const std::string& name) {
    return in.IsRelationTaken(table.schema(), name) || (is_constraint && in.IsConstraintTaken(table.schema(), name));
  });
}

}  // namespace schemadiff
