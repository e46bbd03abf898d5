// The difference of two schemas, object by object and attribute by attribute. Knows no kind.
#pragma once

#include <bitset>
#include <string>
#include <string_view>
#include <vector>

#include "model/schema.h"

namespace schemadiff {

/// What happens to one object.
struct Change {
  enum class Operation : std::uint8_t { kAdd, kRemove, kSet, kRename };

  Operation operation = Operation::kSet;
  ObjectId id;              ///< As it is afterwards; of a removed object, as it was.
  ObjectId renamed_from;    ///< Of a rename; the same as id when only a member is renamed.
  std::string member_from;  ///< Of the rename of a label or attribute.
  std::string member_to;
  const Object* before = nullptr;  ///< In the live schema; null when added or renamed.
  const Object* after = nullptr;   ///< In the desired schema; null when removed or renamed.
  std::bitset<32> fields;          ///< Of a set: which of the kind's fields differ, in the order of its Fields().
};

/// Ordered by identity; renames first, in the order in which they have to run.
struct Delta {
  std::vector<Change> changes;
  bool empty() const { return changes.empty(); }
};

/// The delta from one schema to another. Both must be canonical: equality is `==`.
/// The delta points into both schemas.
Delta Diff(const Schema& live, const Schema& desired);

}  // namespace schemadiff
