#include "catalog/reader.h"

namespace schemadiff {

// Read with the parsers.
template <>
Result<void> ReadKind<TextSearchTemplate>(Reader&) {
  return {};
}

}  // namespace schemadiff
