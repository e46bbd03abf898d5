#include "canonical/missing_parts.h"

#include <algorithm>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "model/implicit_names.h"
#include "model/inheriting.h"
#include "model/lineage.h"
#include "model/partition_index.h"

namespace schemadiff {
namespace {

class Completion {
 public:
  Completion(const Schema& live, Schema& desired) : live_(live), desired_(desired) {
    for (const auto& [id, object] : live.OfKind(ObjectKind::kTable)) {
      const ObjectId parent = PartitionParent(object);
      const Object* after = parent ? desired.Find(id) : nullptr;
      if (after != nullptr && PartitionParent(*after) == parent) partitions_[parent].push_back(id);
    }
    AddNames(live);
    AddNames(desired);
  }

  /// `whole` is of both states.
  void Complete(const Object& whole) {
    for (const ObjectId partition : partitions_[whole.id.parent()]) CompleteOn(partition, whole);
  }

 private:
  void CompleteOn(ObjectId partition, const Object& whole) {
    const Object* part = PartOn(live_, partition, whole.id);
    if (part == nullptr && (PartOn(desired_, partition, whole.id) != nullptr || Attach(partition, whole))) return;
    if (part != nullptr && !part->only) return;
    const PartName name = [&](ObjectId table, const Object& of) {
      return part == nullptr ? FreeName(table, of) : part->id.name();
    };
    Object& required = *desired_.Find(TakeFromParent(desired_, partition, whole.id, Taking::kJoined, name).id);
    required.inherited = false;
    required.only = false;
    if (part != nullptr) Complete(*part);
  }

  // What stands alone, is no wish of the files, and fits.
  bool Attach(ObjectId partition, const Object& whole) {
    for (const Object* member : live_.Members(partition)) {
      const Index* index = member->If<Index>();
      const bool is_valid = index == nullptr || index->valid;
      if (WholeOf(*member) || !is_valid || desired_.Contains(member->id) || !CanBePart(*member, whole)) continue;
      Object part = *member;
      SetWhole(part, whole.id);
      desired_.Add(std::move(part));
      return true;
    }
    return false;
  }

  void AddNames(const Schema& schema) {
    for (const auto& [id, object] : schema) {
      if (StandsIn(id.kind(), NameSpace::kRelation)) names_.insert(id.schema() + '.' + id.name());
    }
  }

  std::string FreeName(ObjectId table, const Object& whole) {
    const auto is_taken = [&](const std::string& name) { return names_.contains(table.schema() + '.' + name); };
    std::string name = whole.If<Key>() ? KeyName(table.name(), whole.As<Key>(), is_taken)
                                       : IndexName(table.name(), whole.As<Index>(), is_taken);
    names_.insert(table.schema() + '.' + name);
    return name;
  }

  const Schema& live_;
  Schema& desired_;
  std::unordered_map<ObjectId, std::vector<ObjectId>> partitions_;
  std::unordered_set<std::string> names_;  ///< Of relations, with their schemas.
};

}  // namespace

void RequireMissingParts(const Schema& live, Schema& desired) {
  std::vector<const Object*> wholes;
  for (const ObjectKind kind : {ObjectKind::kIndex, ObjectKind::kKey}) {
    for (const auto& [id, object] : live.OfKind(kind)) {
      const Object* declared = object.only && !WholeOf(object) ? desired.Find(id) : nullptr;
      if (declared != nullptr && !declared->only) wholes.push_back(&object);
    }
  }
  if (wholes.empty()) return;
  Completion completion(live, desired);
  for (const Object* whole : wholes) completion.Complete(*whole);
}

}  // namespace schemadiff
