#include "model/schema.h"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <unordered_map>

namespace schemadiff {
namespace {

std::uint64_t Mix(std::uint64_t state, std::uint64_t word) {
  state = (state ^ word) * 0x9E3779B97F4A7C15ULL;
  return state ^ (state >> 29U);
}

// Two 64-bit hashes, eight bytes at a time: a fingerprint tells states apart, it does not keep secrets.
std::pair<std::uint64_t, std::uint64_t> Hash(std::string_view text) {
  std::uint64_t a = text.size();
  std::uint64_t b = ~text.size();
  for (std::size_t i = 0; i < text.size(); i += 8) {
    std::uint64_t word = 0;
    std::memcpy(&word, text.data() + i, std::min<std::size_t>(8, text.size() - i));
    a = Mix(a, word);
    b = Mix(b, std::rotl(word, 32) + i);
  }
  return {Mix(a, b), Mix(b, std::rotl(a, 32))};
}

template <typename T>
void ReplaceIds(T& value, const std::unordered_map<ObjectId, ObjectId>& renamed) {
  if constexpr (std::is_same_v<T, ObjectId>) {
    if (const auto found = renamed.find(value); found != renamed.end()) value = found->second;
  } else if constexpr (std::is_same_v<T, std::vector<ObjectId>>) {
    for (ObjectId& id : value) ReplaceIds(id, renamed);
  }
}

}  // namespace

void CheckHolds(bool holds) {
  if (holds) return;
  std::fputs("bug: an object is not of the kind that it is taken for\n", stderr);
  std::abort();
}

Schema::Slot& Schema::SlotOf(ObjectId id) {
  const std::size_t page = id.number() / kPageSlots;
  if (page >= pages_.size()) pages_.resize(page + 1);
  if (!pages_[page]) pages_[page] = std::make_unique<Page>();
  return (*pages_[page])[id.number() % kPageSlots];
}

Object* Schema::Find(ObjectId id) {
  const Slot* slot = FindSlot(id);
  return slot == nullptr ? nullptr : slot->object.get();
}

const Object* Schema::Find(ObjectId id) const {
  const Slot* slot = FindSlot(id);
  return slot == nullptr ? nullptr : slot->object.get();
}

// What has members stands among those of its own parent, whether it is an object or not: what is said of the columns of
// a view goes with the view.
Object& Schema::Add(Object object) {
  const ObjectId id = object.id;
  Slot& slot = SlotOf(id);
  if (slot.object) {
    *slot.object = std::move(object);
    return *slot.object;
  }
  slot.object = std::make_unique<Object>(std::move(object));
  ++size_;
  Object& added = *slot.object;
  KindObjects& alike = kinds_[static_cast<std::size_t>(id.kind())];
  slot.place = alike.size();
  alike.push_back(&added);
  bool is_new = slot.members.empty();
  for (ObjectId member = id; is_new && member.parent(); member = member.parent()) {
    Slot& above = SlotOf(member.parent());
    is_new = !above.object && above.members.empty();
    above.members.push_back(member);
  }
  return added;
}

// The object itself, without a place among its parent's members.
std::unique_ptr<Object> Schema::Take(ObjectId id) {
  if (!Contains(id)) return nullptr;
  --size_;
  Slot& slot = SlotOf(id);
  KindObjects& alike = kinds_[static_cast<std::size_t>(id.kind())];
  Object* last = alike.back();
  alike[slot.place] = last;
  SlotOf(last->id).place = slot.place;
  alike.pop_back();
  std::unique_ptr<Object> taken = std::move(slot.object);
  bool is_gone = slot.members.empty();
  for (ObjectId member = id; is_gone && member.parent(); member = member.parent()) {
    Slot& above = SlotOf(member.parent());
    std::erase(above.members, member);
    is_gone = !above.object && above.members.empty();
  }
  return taken;
}

void Schema::Remove(ObjectId id) {
  if (const Slot* slot = FindSlot(id); slot != nullptr) {
    for (const ObjectId member : std::vector(slot->members)) Remove(member);
  }
  RemoveAlone(id);
}

void Schema::RemoveAlone(ObjectId id) { Take(id); }

void Schema::Rename(const std::vector<std::pair<ObjectId, ObjectId>>& renames) {
  std::unordered_map<ObjectId, ObjectId> renamed;
  const auto collect = [&](auto& self, ObjectId old_id, ObjectId new_id) -> void {
    renamed[old_id] = new_id;
    const Slot* slot = FindSlot(old_id);
    if (slot == nullptr) return;
    for (const ObjectId member : slot->members) self(self, member, member.WithParent(new_id));
  };
  for (const auto& [from, to] : renames) collect(collect, from, to);

  for (const auto& [old_id, new_id] : renamed) {
    std::unique_ptr<Object> object = Take(old_id);
    if (!object) continue;
    object->id = new_id;
    Add(std::move(*object));
  }

  for (auto [id, object] : *this) {
    for (Edge& edge : object.edges) ReplaceIds(edge.target, renamed);
    Visit(
        [&](auto& attributes) {
          if constexpr (HasFields<std::remove_reference_t<decltype(attributes)>>) {
            ForEachField(attributes, [&](std::string_view, auto& field) { ReplaceIds(field, renamed); });
          }
        },
        object.attributes);
  }
  FollowReferredNames();
}

void Schema::FollowReferredNames() {
  std::vector<std::pair<ObjectId, ObjectId>> stale;
  for (const auto& [id, object] : *this) {
    Visit(
        [&](const auto& attributes) {
          if constexpr (requires { attributes.ReferredName(); }) {
            if (std::string name = attributes.ReferredName(); name != id.name()) {
              stale.emplace_back(id, id.WithName(name));
            }
          }
        },
        object.attributes);
  }
  for (const auto& [from, to] : stale) Rename(from, to);
}

std::vector<const Object*> Schema::Members(ObjectId parent) const {
  std::vector<const Object*> result;
  const Slot* slot = FindSlot(parent);
  if (slot == nullptr) return result;
  for (const ObjectId id : slot->members) {
    if (const Object* member = Find(id)) result.push_back(member);
  }
  std::ranges::sort(result, [](const Object* a, const Object* b) {
    if (a->id.kind() != b->id.kind()) return a->id.kind() < b->id.kind();
    if (a->position != b->position) return a->position < b->position;
    return a->id < b->id;
  });
  return result;
}

std::vector<const Object*> Schema::All() const {
  std::vector<const Object*> all;
  all.reserve(size_);
  for (const auto& page : pages_) {
    if (page == nullptr) continue;
    for (const Slot& slot : *page) {
      if (slot.object != nullptr) all.push_back(slot.object.get());
    }
  }
  return all;
}

std::vector<const Object*> Schema::Sorted() const {
  std::vector<const Object*> result;
  result.reserve(size_);
  for (const auto& [id, object] : *this) result.push_back(&object);
  std::ranges::sort(result, {}, [](const Object* object) { return object->id; });
  return result;
}

std::string Schema::Fingerprint() const {
  // Summing the objects' hashes makes the order of visiting irrelevant without sorting.
  std::uint64_t low = 0;
  std::uint64_t high = 0;
  std::string text;
  for (const auto& [id, object] : *this) {
    text.clear();
    AppendText(text, id);
    Visit(
        [&](const auto& attributes) {
          if constexpr (HasFields<std::remove_cvref_t<decltype(attributes)>>) AppendText(text, attributes);
        },
        object.attributes);
    const auto [a, b] = Hash(text);
    low += a;
    high += b;
  }
  return fmt::format("{:016x}{:016x}", low, high);
}

}  // namespace schemadiff
