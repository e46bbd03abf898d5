#include "catalog/reader.h"

namespace schemadiff {

// Read with the parsers.
template <>
Result<void> ReadKind<TextSearchDictionary>(Reader&) {
  return {};
}

}  // namespace schemadiff
