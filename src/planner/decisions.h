// Decisions: what is to happen to each object, once replacement has been thought through. What depends on what is
// replaced is replaced too, or altered in place, or dropped before and made anew after it.
#pragma once

#include <bitset>
#include <map>
#include <unordered_map>
#include <vector>

#include "planner/planner.h"

namespace schemadiff {

struct Decision {
  enum class Way : std::uint8_t { kCreate, kDrop, kAlter, kReplace, kReplaceInPlace, kAdapt };
  Way way = Way::kAlter;
  const Object* before = nullptr;
  const Object* after = nullptr;
  std::bitset<32> fields;
};

struct Decisions {
  std::map<ObjectId, Decision> by_object;
  std::vector<const Change*> renames;                              ///< In the order in which they have to run.
  std::unordered_map<ObjectId, std::vector<const Object*>> owned;  ///< Of the live schema: what goes with an object.

  /// Whether the object as it was is no longer there afterwards.
  bool IsGone(ObjectId id) const;
};

/// Decides about every change of the delta, and marks in `context` what is replaced.
Decisions Decide(const PlanInput& input, PlanContext& context);

}  // namespace schemadiff
