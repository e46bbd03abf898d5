#include "parser/drop.h"

#include <algorithm>
#include <unordered_set>

#include "model/lineage.h"
#include "parser/children.h"
#include "parser/follow_names.h"

namespace schemadiff {
namespace {

bool IsWithin(ObjectId id, ObjectId whole) {
  for (; id; id = id.parent()) {
    if (id == whole) return true;
  }
  return false;
}

std::vector<ObjectId> DroppedWith(Interpreter& in, ObjectId id) {
  std::vector<ObjectId> dropped;
  for (const auto& [other, object] : in.schema().OfKind(ObjectKind::kSequence)) {
    if (const ObjectId owner = object.As<Sequence>().owned_by; owner && IsWithin(owner, id)) dropped.push_back(other);
  }
  for (const auto& [other, object] : in.schema().OfKind(ObjectKind::kStatistics)) {
    const bool uses = std::ranges::any_of(object.edges, [&](const Edge& edge) { return IsWithin(edge.target, id); });
    if (uses || object.As<Statistics>().table == id) dropped.push_back(other);
  }
  if (HasOwnColumns(id.kind())) std::ranges::copy(in.Partitions(id), std::back_inserter(dropped));
  using enum ObjectKind;
  const bool is_copied = id.kind() == kIndex || id.kind() == kKey || id.kind() == kForeignKey || id.kind() == kTrigger;
  if (is_copied) std::ranges::copy(CopiesOf(in, id), std::back_inserter(dropped));
  return dropped;
}

// An expression names a routine or operator without its arguments.
bool Means(ObjectId target, ObjectId id) {
  return IsWithin(target, id) || (target.arguments() == "*" && target.kind() == id.kind() &&
                                  target.schema() == id.schema() && target.name() == id.name());
}

// Whether an object needs an extension for certain: what may as well be brought by another that is there stays.
bool NeedsExtension(const Schema& schema, const Object& object, ObjectId extension) {
  const auto may_do = [&](const Edge& edge) {
    return edge.target.kind() == ObjectKind::kExtension && edge.target != extension && schema.Contains(edge.target);
  };
  return std::ranges::contains(object.edges, Edge{extension}) && std::ranges::none_of(object.edges, may_do);
}

// All that has an edge to something that goes; of a member, only the member.
std::vector<ObjectId> Dependents(const Schema& schema, ObjectId id) {
  std::vector<ObjectId> dependents;
  for (const auto& [other, object] : schema) {
    if (IsWithin(other, id)) continue;
    const bool uses = id.kind() == ObjectKind::kExtension
                          ? NeedsExtension(schema, object, id)
                          : std::ranges::any_of(object.edges, [&](const Edge& edge) { return Means(edge.target, id); });
    const bool is_in_schema = id.kind() == ObjectKind::kNamespace && !other.parent() && other.schema() == id.name();
    if (uses || is_in_schema) dependents.push_back(other);
  }
  return dependents;
}

// The indexes and constraints that use a column go with it; what reads it in a query, with CASCADE.
void ForgetUses(Interpreter& in, ObjectId column, bool cascade) {
  ForgetReaders(in, column, cascade);
  std::vector<ObjectId> users;
  for (const Object* member : in.schema().Members(column.parent())) {
    const bool uses = std::ranges::any_of(member->edges, [&](const Edge& edge) { return edge.target == column; });
    if (uses && member->id.kind() != ObjectKind::kColumn) users.push_back(member->id);
  }
  for (const ObjectId user : users) in.Forget(user);
}

}  // namespace

void DropObject(Interpreter& in, ObjectId id, bool cascade) {
  if (!in.schema().Contains(id)) return;
  if (id.kind() == ObjectKind::kColumn) ForgetUses(in, id, cascade);
  std::vector<ObjectId> dropped = DroppedWith(in, id);
  if (cascade) std::ranges::copy(Dependents(in.schema(), id), std::back_inserter(dropped));
  in.Forget(id);
  for (const ObjectId other : dropped) DropObject(in, other, cascade);
}

}  // namespace schemadiff
