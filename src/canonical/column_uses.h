// Which columns queries and expressions mention: what pg_depend knows, for a state that comes from files.
#pragma once

#include "model/schema.h"

namespace schemadiff {

/// Adds the edges of views, rules, triggers, policies and routines to the columns of the relations that they use: to
/// all of a name that they mention, whichever of the relations is meant, and to the topmost parent's where it is
/// inherited.
void AddColumnUses(Schema& schema);

}  // namespace schemadiff
