// The mappings of text search configurations, which are rows of a catalog of their own.
#pragma once

#include "catalog/reader.h"

namespace schemadiff {

/// Adds their mappings to the configurations that were read.
Result<void> ReadTextSearchMappings(Reader& reader);

}  // namespace schemadiff
