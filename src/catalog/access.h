// Owners and access control lists of all catalogs, in one query: what is neither the database owner's nor its role's
// standard is seldom much.
#pragma once

#include "catalog/reader.h"

namespace schemadiff {

/// Adds the owners that are not the database's, and the privileges that are not PostgreSQL's standard, or for what
/// extensions and PostgreSQL itself brought, not those that it came with.
Result<void> ReadAccess(Reader& reader);

}  // namespace schemadiff
