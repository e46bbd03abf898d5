// What users made in a database: rows of the catalogs whose OIDs are 16384 or more (manual: pg_class,
// "FirstNormalObjectId").
#pragma once

#include <cstdint>
#include <map>
#include <vector>

#include "postgres/connection.h"

namespace schemadiff {

/// OIDs by the OID of their catalog, for every catalog whose rows are objects that stand alone; extensions' members are
/// among them.
using UserObjects = std::map<std::uint32_t, std::vector<std::uint32_t>>;

/// Without what is in schemadiff's own schema, unless `own_schema`. Errors: kUnavailable, kFailed.
Result<UserObjects> ReadUserObjects(Connection& connection, bool own_schema);

}  // namespace schemadiff
