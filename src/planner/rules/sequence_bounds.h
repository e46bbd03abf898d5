// A sequence's current value has to lie within its bounds: where these move past it, it moves along.
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

}  // namespace schemadiff
