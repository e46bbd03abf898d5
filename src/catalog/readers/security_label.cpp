#include "catalog/reader.h"

namespace schemadiff {

// Read with the comments.
template <>
Result<void> ReadKind<SecurityLabel>(Reader&) {
  return {};
}

}  // namespace schemadiff
