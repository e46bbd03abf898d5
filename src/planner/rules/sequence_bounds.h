// A sequence's current value: it has to lie within the bounds, and past what rows hold.
#pragma once

#include <string>

#include "planner/rules.h"

namespace schemadiff {

/// Whether the current value cannot lie within the new bounds, so that the alteration has to say RESTART.
bool HasNoCommonValue(const SequenceParameters& from, const SequenceParameters& to);

/// Otherwise: lets the step first move the current value of `sequence`, a qualified name, to the nearest new bound if
/// it lies beyond it. No value comes twice: one that is past the end stays at the end.
void MoveIntoBounds(Action& alteration, const std::string& sequence, const SequenceParameters& from,
                    const SequenceParameters& to);

/// The statement that lets a new sequence, a qualified name, go on after what rows hold already in the column that it
/// is to number.
std::string GoOnAfterRows(const std::string& sequence, ObjectId column, std::int64_t start);

}  // namespace schemadiff
