#include "catalog/access.h"

namespace schemadiff {

template <>
Result<void> ReadKind<Owner>(Reader& reader) {
  return ReadAccess(reader);
}

// Read with the owners.
template <>
Result<void> ReadKind<Privileges>(Reader&) {
  return {};
}

}  // namespace schemadiff
