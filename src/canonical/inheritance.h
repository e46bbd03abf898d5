// Inherited and cloned things are never compared on their own: a partition's columns and constraints are its parent's.
#pragma once

#include "model/schema.h"

namespace schemadiff {

/// Takes out of `live` what a table has from parents that it keeps and the desired state does not declare on it. What a
/// table has from a parent that it leaves is its own from then on; what one that gets a parent has to have before that
/// is added to `desired`. `version` is server_version_num.
void FoldInheritance(Schema& live, Schema& desired, int version);

/// Adds, for what a table has on columns that are facts of its own and a parent's, too, the uses of its own: in a live
/// schema an inherited column counts as the parent's.
void AddUsesOfOwnColumns(Schema& live);

/// Makes facts of a live schema, for files that say all of it, what tables have from their parents and declare as well,
/// and what partitions have with a name or state of its own: parts of indexes that are not as PostgreSQL makes them,
/// and copies of triggers that fire at other times than the original.
void DeclareOwn(Schema& live);

/// Leaves of the columns of typed tables what the tables say of them, for files that say no more.
void DeclareTyped(Schema& live);

}  // namespace schemadiff
