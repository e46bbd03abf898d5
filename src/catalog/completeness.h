// Completeness: what a database holds and no reader has read.
#pragma once

#include <string>
#include <vector>

#include "catalog/read.h"

namespace schemadiff {

/// What users made (OIDs from 16384 on, no extension's member) and the catalog does not hold, as PostgreSQL identifies
/// it: `type public.x`; sorted. In the snapshot in which the catalog was read. Errors: kUnavailable, kFailed.
Result<std::vector<std::string>> UnreadObjects(Connection& connection, const ExtensionMembers& members,
                                               const Catalog& catalog);

}  // namespace schemadiff
