#include "canonical/missing_parts.h"

#include <algorithm>
#include <iterator>
#include <memory>
#include <unordered_map>
#include <utility>
#include <vector>

#include "model/inheriting.h"
#include "model/lineage.h"
#include "model/partition_index.h"

namespace schemadiff {
namespace {

class Completion {
 public:
  Completion(const Schema& live, Schema& desired)
      : live_(live), desired_(desired), free_name_(NamesAmong({&live, &desired})) {
    for (const auto& [id, object] : live.OfKind(ObjectKind::kTable)) {
      const ObjectId parent = PartitionParent(object);
      const Object* after = parent ? desired.Find(id) : nullptr;
      if (after != nullptr && PartitionParent(*after) == parent) partitions_[parent].push_back(id);
    }
  }

  /// `whole` is the live state's; the desired one has its identity, too.
  void Complete(const Object& whole) {
    for (const ObjectId partition : partitions_[whole.id.parent()]) CompleteOn(partition, whole);
  }

  /// The parts that came in since this was asked last.
  std::vector<ObjectId> TakeRequired() { return std::exchange(required_, {}); }

 private:
  void CompleteOn(ObjectId partition, const Object& whole) {
    const Object* part = PartOn(live_, partition, whole.id);
    if (const Object* declared = PartOn(desired_, partition, whole.id)) {
      if (part != nullptr && part->only && declared->id == part->id && !declared->only) Complete(*part);
      return;
    }
    if (part == nullptr) {
      part = Attach(partition, whole);
    } else if (part->only) {
      Add(partition, whole, [&](ObjectId, const Object&) { return part->id.name(); });
    }
    if (part != nullptr) {
      if (part->only) Complete(*part);
    } else {
      Add(partition, whole, free_name_);
    }
  }

  // What stands alone, is no wish of the files, and fits. Attached to a plain index, a constraint could not be dropped.
  const Object* Attach(ObjectId partition, const Object& whole) {
    for (const Object* member : live_.Members(partition)) {
      const Index* index = member->If<Index>();
      const bool is_valid = index == nullptr || index->valid;
      if (member->id.kind() != whole.id.kind() || WholeOf(*member) || !is_valid) continue;
      if (desired_.Contains(member->id) || !CanBePart(*member, whole)) continue;
      Object part = *member;
      part.only = false;
      SetWhole(part, whole.id);
      required_.push_back(part.id);
      desired_.Add(std::move(part));
      return member;
    }
    return nullptr;
  }

  void Add(ObjectId partition, const Object& whole, const PartName& name) {
    const ObjectId id = TakeFromParent(desired_, partition, whole.id, Taking::kJoined, name).id;
    Object& part = *desired_.Find(id);
    part.inherited = false;
    part.only = false;
    if (!live_.Contains(id)) required_.push_back(id);
  }

  const Schema& live_;
  Schema& desired_;
  std::unordered_map<ObjectId, std::vector<ObjectId>> partitions_;
  std::vector<ObjectId> required_;
  PartName free_name_;
};

// Whether they are on the same columns: one that changes is made anew, with all its parts.
bool HasSameColumns(const Object& before, const Object& after) {
  const Key* key = before.If<Key>();
  if (key != nullptr) return key->columns == after.As<Key>().columns && key->include == after.As<Key>().include;
  return std::ranges::equal(before.As<Index>().elements, after.As<Index>().elements, {}, &IndexElement::column,
                            &IndexElement::column);
}

// A key that others refer to counts once it is whole.
void LetReferencesWait(Schema& desired, const std::unordered_map<ObjectId, std::vector<ObjectId>>& parts) {
  for (auto [id, object] : desired.OfKind(ObjectKind::kForeignKey)) {
    const auto found = parts.find(object.As<ForeignKey>().referenced);
    if (found == parts.end()) continue;
    for (const ObjectId part : found->second) object.edges.push_back({part});
  }
}

}  // namespace

void RequireMissingParts(const Schema& live, Schema& desired) {
  std::vector<const Object*> wholes;
  for (const ObjectKind kind : {ObjectKind::kIndex, ObjectKind::kKey}) {
    for (const auto& [id, object] : live.OfKind(kind)) {
      const Object* declared = object.only && !WholeOf(object) ? desired.Find(id) : nullptr;
      if (declared == nullptr || declared->only || !HasSameColumns(object, *declared)) continue;
      wholes.push_back(&object);
    }
  }
  if (wholes.empty()) return;
  Completion completion(live, desired);
  std::unordered_map<ObjectId, std::vector<ObjectId>> parts;
  for (const Object* whole : wholes) {
    completion.Complete(*whole);
    std::ranges::copy(completion.TakeRequired(), std::back_inserter(parts[whole->id.parent()]));
  }
  LetReferencesWait(desired, parts);
}

void AskToRenameParts(const Schema& live, Schema& desired) {
  for (const ObjectKind kind : {ObjectKind::kIndex, ObjectKind::kKey}) {
    for (auto [id, object] : desired.OfKind(kind)) {
      const ObjectId whole = WholeOf(object);
      if (!whole || live.Contains(id)) continue;
      const Object* part = PartOn(live, id.parent(), whole);
      if (part == nullptr || part->id.kind() != kind || desired.Contains(part->id)) continue;
      if (!CanBePart(*part, object)) continue;
      auto annotations = object.annotations == nullptr ? Annotations() : *object.annotations;
      annotations.renamed_from = {part->id.name()};
      object.annotations = std::make_shared<const Annotations>(std::move(annotations));
    }
  }
}

}  // namespace schemadiff
