// Expressions at the same place of two objects of one kind.
#pragma once

#include <utility>

#include "model/object.h"

namespace schemadiff {

/// Calls visit(live, desired) for every pair of expressions at the same place of two values.
template <typename T, typename Visitor>
void ForEachExpressionPair(const T& live, T& desired, Visitor&& visit) {
  if constexpr (std::is_same_v<T, Expression>) {
    visit(live, desired);
  } else if constexpr (HasFields<T>) {
    T::Fields(
        [&](const auto&... field) { (ForEachExpressionPair(live.*field.member, desired.*field.member, visit), ...); });
  } else if constexpr (requires {
                         typename T::value_type;
                         live.size();
                         live[0];
                       } && !std::is_same_v<T, std::string>) {
    if (live.size() != desired.size()) return;
    for (std::size_t i = 0; i < live.size(); ++i) ForEachExpressionPair(live[i], desired[i], visit);
  }
}

/// Takes the live spelling, and keeps the author's for statements.
inline void AdoptSpelling(const Expression& live, Expression& desired) {
  desired.written = std::exchange(desired.sql, live.sql);
}

/// Whether what is compared of two objects of one kind is the same.
inline bool SameAttributes(const Object& a, const Object& b) {
  return Visit(
      [&](const auto& attributes) {
        using Kind = std::remove_cvref_t<decltype(attributes)>;
        if constexpr (HasFields<Kind>) {
          const Kind& other = b.As<Kind>();
          return Kind::Fields(
              [&](const auto&... field) { return (... && (attributes.*field.member == other.*field.member)); });
        } else {
          return true;
        }
      },
      a.attributes);
}

}  // namespace schemadiff
