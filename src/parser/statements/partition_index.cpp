#include "parser/statements/partition_index.h"

#include <algorithm>

#include "model/partition_index.h"

namespace schemadiff {
namespace {

// PostgreSQL takes the oldest that fits.
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

}  // namespace

void AttachPart(Interpreter& in, ObjectId part, ObjectId whole) {
  SetWhole(*in.schema().Find(part), whole);
  in.schema().Find(whole)->edges.push_back({part});
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
  for (const ObjectId partition : in.Partitions(whole.parent())) TakePart(in, partition, whole);
}

void TakePartsOf(Interpreter& in, ObjectId partition, ObjectId parent) {
  std::vector<ObjectId> wholes;
  for (const Object* member : in.schema().Members(parent)) {
    if (member->id.kind() == ObjectKind::kIndex || member->id.kind() == ObjectKind::kKey) wholes.push_back(member->id);
  }
  for (const ObjectId whole : wholes) TakePart(in, partition, whole);
}

}  // namespace schemadiff
