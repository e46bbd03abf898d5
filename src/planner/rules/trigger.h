// What other rules say of triggers.
#pragma once

#include <string>

#include "model/object.h"

namespace schemadiff {

/// The statement that gives a trigger its state: enabled, disabled, for replicas.
std::string TriggerStateSql(const Object& trigger);

}  // namespace schemadiff
