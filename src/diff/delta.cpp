#include "diff/delta.h"

#include <algorithm>

namespace schemadiff {
namespace {

std::bitset<32> ChangedFields(const Object& before, const Object& after) {
  return Visit(
      [&](const auto& old_attributes) {
        using Kind = std::remove_cvref_t<decltype(old_attributes)>;
        std::bitset<32> changed;
        if constexpr (HasFields<Kind>) {
          const auto& new_attributes = after.As<Kind>();
          std::size_t index = 0;
          Kind::Fields([&](const auto&... field) {
            (changed.set(index++, !(old_attributes.*field.member == new_attributes.*field.member)), ...);
          });
        }
        return changed;
      },
      before.attributes);
}

}  // namespace

Delta Diff(const Schema& live, const Schema& desired) {
  using enum Change::Operation;
  Delta delta;
  for (const auto& [id, before] : live) {
    const Object* after = desired.Find(id);
    if (after == nullptr) {
      delta.changes.push_back({.operation = kRemove, .id = id, .before = &before});
    } else if (const auto fields = ChangedFields(before, *after); fields.any()) {
      delta.changes.push_back({.operation = kSet, .id = id, .before = &before, .after = after, .fields = fields});
    }
  }
  for (const auto& [id, after] : desired) {
    if (!live.Contains(id)) delta.changes.push_back({.operation = kAdd, .id = id, .after = &after});
  }
  std::ranges::sort(delta.changes, {}, &Change::id);
  return delta;
}

}  // namespace schemadiff
