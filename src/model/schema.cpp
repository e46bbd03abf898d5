#include "model/schema.h"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <cstring>

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
  return {Mix(a, b), Mix(b, a)};
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

Object* Schema::Find(ObjectId id) {
  const auto found = objects_.find(id);
  return found == objects_.end() ? nullptr : &found->second;
}

const Object* Schema::Find(ObjectId id) const {
  const auto found = objects_.find(id);
  return found == objects_.end() ? nullptr : &found->second;
}

Object& Schema::Add(Object object) {
  const ObjectId id = object.id;
  const auto [place, added] = objects_.insert_or_assign(id, std::move(object));
  if (added && id.parent()) members_[id.parent()].push_back(id);
  return place->second;
}

void Schema::Remove(ObjectId id) {
  if (const auto members = members_.find(id); members != members_.end()) {
    const std::vector<ObjectId> doomed = std::move(members->second);
    members_.erase(members);
    for (const ObjectId member : doomed) Remove(member);
  }
  if (objects_.erase(id) > 0 && id.parent()) {
    if (const auto siblings = members_.find(id.parent()); siblings != members_.end()) std::erase(siblings->second, id);
  }
}

void Schema::RemoveAlone(ObjectId id) {
  if (objects_.erase(id) == 0 || !id.parent()) return;
  if (const auto siblings = members_.find(id.parent()); siblings != members_.end()) std::erase(siblings->second, id);
}

void Schema::Rename(ObjectId from, ObjectId to) {
  std::unordered_map<ObjectId, ObjectId> renamed;
  const auto collect = [&](auto& self, ObjectId old_id, ObjectId new_id) -> void {
    renamed[old_id] = new_id;
    const auto members = members_.find(old_id);
    if (members == members_.end()) return;
    for (const ObjectId member : members->second) self(self, member, member.WithParent(new_id));
  };
  collect(collect, from, to);

  std::vector<Object> moved;
  for (const auto& [old_id, new_id] : renamed) {
    const auto node = objects_.find(old_id);
    if (node == objects_.end()) continue;
    moved.push_back(std::move(node->second));
    moved.back().id = new_id;
    objects_.erase(node);
    members_.erase(old_id);
  }
  if (from.parent()) {
    if (const auto siblings = members_.find(from.parent()); siblings != members_.end()) {
      std::erase(siblings->second, from);
    }
  }
  for (Object& object : moved) Add(std::move(object));

  for (auto& [id, object] : objects_) {
    for (Edge& edge : object.edges) ReplaceIds(edge.target, renamed);
    std::visit(
        [&](auto& attributes) {
          if constexpr (HasFields<std::remove_reference_t<decltype(attributes)>>) {
            ForEachField(attributes, [&](std::string_view, auto& field) { ReplaceIds(field, renamed); });
          }
        },
        object.attributes);
  }
}

std::vector<const Object*> Schema::Members(ObjectId parent) const {
  std::vector<const Object*> result;
  const auto members = members_.find(parent);
  if (members == members_.end()) return result;
  for (const ObjectId id : members->second) result.push_back(&objects_.at(id));
  std::ranges::sort(result, [](const Object* a, const Object* b) {
    if (a->id.kind() != b->id.kind()) return a->id.kind() < b->id.kind();
    if (a->position != b->position) return a->position < b->position;
    return a->id < b->id;
  });
  return result;
}

std::vector<const Object*> Schema::Sorted() const {
  std::vector<const Object*> result;
  result.reserve(objects_.size());
  for (const auto& [id, object] : objects_) result.push_back(&object);
  std::ranges::sort(result, {}, [](const Object* object) { return object->id; });
  return result;
}

std::string Schema::Fingerprint() const {
  // Summing the objects' hashes makes the order of visiting irrelevant without sorting.
  std::uint64_t low = 0;
  std::uint64_t high = 0;
  std::string text;
  for (const auto& [id, object] : objects_) {
    text.clear();
    AppendText(text, id);
    std::visit(
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
