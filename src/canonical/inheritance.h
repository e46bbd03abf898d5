// Inherited and cloned things are never compared on their own: a partition's columns and constraints are its parent's.
#pragma once

#include "model/schema.h"

namespace schemadiff {

/// Takes out of `live` what a table has from its parents and the desired state does not declare on it, and what it will
/// have from the parents that the desired state gives it.
void FoldInheritance(Schema& live, const Schema& desired);

}  // namespace schemadiff
