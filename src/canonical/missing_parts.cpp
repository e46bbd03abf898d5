#include "canonical/missing_parts.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <memory>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

#include "canonical/mentions.h"
#include "canonical/pairs.h"
#include "model/inheriting.h"
#include "model/lineage.h"
#include "model/partition_index.h"

namespace schemadiff {
namespace {

// What is accepted of the whole is accepted of its parts.
std::shared_ptr<const Annotations> AllowancesOf(const Object& object) {
  if (object.annotations == nullptr || object.annotations->allow.empty()) return nullptr;
  return std::make_shared<const Annotations>(Annotations{.allow = object.annotations->allow});
}

bool IsUnique(const Object& object) { return object.If<Key>() != nullptr || object.As<Index>().unique; }

// They may be spelled in several ways.
bool HasExpressions(const Object& object) {
  const Index* index = object.If<Index>();
  if (index == nullptr) return false;
  return index->predicate || std::ranges::any_of(index->elements, [](const IndexElement& e) { return !!e.expression; });
}

// Whether it is called as PostgreSQL calls a part, maybe with a number.
bool HasNameOfPart(const Object& object, const Object& whole) {
  if (object.id.kind() != whole.id.kind()) return false;
  const std::string name = PartNameOn(object.id.parent().name(), whole);
  const std::string& own = object.id.name();
  return own.starts_with(name) && own.find_first_not_of("0123456789", name.size()) == std::string::npos;
}

// Not what needs an exclusion constraint's index (manual: ALTER TABLE, USING INDEX), nor what names its table.
bool IsBuiltApart(const Object& whole) {
  if (const Key* key = whole.If<Key>()) return !key->without_overlaps;
  if (!HasExpressions(whole)) return true;
  Mentions mentions;
  mentions.Add(whole);
  return !mentions.Has(whole.id.parent().name());
}

class Completion {
 public:
  Completion(const Schema& live, Schema& desired) : live_(live), desired_(desired), name_(NamesIn(desired, &live)) {
    for (const auto& [id, object] : live.OfKind(ObjectKind::kTable)) {
      const ObjectId parent = PartitionParent(object);
      const Object* after = parent ? desired.Find(id) : nullptr;
      if (after != nullptr && PartitionParent(*after) == parent) partitions_[parent].push_back(id);
    }
    for (const auto& [id, object] : live.OfKind(ObjectKind::kForeignTable)) {
      if (const ObjectId parent = PartitionParent(object)) with_foreign_.insert(parent);
    }
  }

  /// `whole` is the live state's; the desired one has its identity, too.
  void Complete(const Object& whole) {
    for (const ObjectId partition : partitions_[whole.id.parent()]) CompleteOn(partition, whole);
  }

  /// Whether nothing but the parts of a new `whole` could be taken for these.
  bool IsClear(const Object& whole) const { return IsClear(whole.id.parent(), whole); }

  /// `whole` is the desired state's; what the live one has, too, has its parts.
  void Prepare(ObjectId whole) {
    const auto partitions = partitions_.find(whole.parent());
    if (live_.Contains(whole) || partitions == partitions_.end()) return;
    for (const ObjectId partition : partitions->second) {
      if (const Object* declared = PartOn(desired_, partition, whole)) {
        Prepare(declared->id);
        continue;
      }
      const ObjectId part = Add(partition, *desired_.Find(whole), name_);
      desired_.Find(whole)->edges.push_back({part});
      Prepare(part);
    }
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
      Add(partition, whole, name_);
    }
  }

  bool IsClear(ObjectId table, const Object& whole) const {
    if (live_.Find(table)->As<Table>().has_unmanaged_parts) return false;
    if (IsUnique(whole) && with_foreign_.contains(table)) return false;
    const auto partitions = partitions_.find(table);
    return partitions == partitions_.end() || std::ranges::all_of(partitions->second, [&](ObjectId partition) {
             const auto rivals = [&](const Object* member) { return IsRival(*member, whole); };
             return std::ranges::none_of(live_.Members(partition), rivals) &&
                    std::ranges::none_of(desired_.Members(partition), rivals) && IsClear(partition, whole);
           });
  }

  // Stands alone, and may fit. What a plan that was broken off has built has the name of a part.
  bool IsRival(const Object& member, const Object& whole) const {
    if (!IsIndexOrKey(member) || WholeOf(member)) return false;
    if (!desired_.Contains(member.id) && HasNameOfPart(member, whole)) return false;
    return CanBePart(member, whole) || (HasExpressions(member) && HasExpressions(whole));
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

  ObjectId Add(ObjectId partition, const Object& whole, const PartName& name) {
    const ObjectId id = TakeFromParent(desired_, partition, whole.id, Taking::kJoined, name).id;
    Object& part = *desired_.Find(id);
    part.inherited = false;
    part.only = false;
    part.annotations = AllowancesOf(*desired_.Find(whole.id));
    if (!live_.Contains(id)) required_.push_back(id);
    return id;
  }

  const Schema& live_;
  Schema& desired_;
  std::unordered_map<ObjectId, std::vector<ObjectId>> partitions_;
  std::unordered_set<ObjectId> with_foreign_;  ///< Tables with foreign tables as partitions.
  std::vector<ObjectId> required_;
  PartName name_;
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

// Whether PostgreSQL could take the parts of one for the other's.
bool CanTake(const Object& a, const Object& b) { return CanBePart(a, b) || CanBePart(b, a); }

// Whether it could, or gives their parts the same names.
bool AreAlike(const Object& a, const Object& b) { return PartNameOn("", a) == PartNameOn("", b) || CanTake(a, b); }

// The indexes and keys of partitioned tables that are partitions of one, and of that.
struct Tree {
  std::vector<const Object*> added;
  std::vector<const Object*> changed;  ///< May be made anew, and then their parts, which PostgreSQL names.
};

std::map<ObjectId, Tree> TreesWithNewWholes(const Schema& live, const Schema& desired) {
  std::map<ObjectId, Tree> trees;
  for (const auto& [id, object] : live.OfKind(ObjectKind::kTable)) {
    if (!object.As<Table>().partition_key) continue;
    const Object* top = &object;
    for (const Object* parent = top; parent != nullptr; parent = live.Find(PartitionParent(*top))) top = parent;
    for (const Object* member : desired.Members(id)) {
      if (!IsIndexOrKey(*member) || WholeOf(*member)) continue;
      const Object* before = live.Find(member->id);
      if (before == nullptr) trees[top->id].added.push_back(member);
      if (before != nullptr && !SameAttributes(*before, *member)) trees[top->id].changed.push_back(member);
    }
  }
  std::erase_if(trees, [](const auto& entry) { return entry.second.added.empty(); });
  return trees;
}

// Where one is left to PostgreSQL, all are, or the names that it chooses could be those of others' parts.
bool IsClear(const Completion& completion, const Tree& tree) {
  return std::ranges::all_of(tree.added, [&](const Object* whole) {
    const auto alike = [&](const Object* other) { return other != whole && AreAlike(*other, *whole); };
    return IsBuiltApart(*whole) && completion.IsClear(*whole) && std::ranges::none_of(tree.changed, alike) &&
           std::ranges::none_of(tree.added,
                                [&](const Object* other) { return other != whole && CanTake(*other, *whole); });
  });
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
  const std::map<ObjectId, Tree> trees = TreesWithNewWholes(live, desired);
  if (wholes.empty() && trees.empty()) return;
  Completion completion(live, desired);
  std::unordered_map<ObjectId, std::vector<ObjectId>> parts;
  for (const Object* whole : wholes) {
    completion.Complete(*whole);
    std::ranges::copy(completion.TakeRequired(), std::back_inserter(parts[whole->id.parent()]));
  }
  for (const auto& [top, tree] : trees) {
    if (!IsClear(completion, tree)) continue;
    for (const Object* whole : tree.added) {
      completion.Prepare(whole->id);
      const std::vector<ObjectId> required = completion.TakeRequired();
      if (!IsUnique(*whole)) continue;
      for (const ObjectId part : required) parts[part.parent()].push_back(part);
    }
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
