#include "catalog/reader.h"

namespace schemadiff {

template <>
Result<void> ReadKind<Extension>(Reader& reader) {
  const Result<Rows> rows = reader.Query(
      "SELECT e.oid, e.extname, n.nspname, e.extversion FROM pg_extension e"
      " JOIN pg_namespace n ON n.oid = e.extnamespace");
  if (!rows) return std::unexpected(rows.error());
  for (int i = 0; i < rows->size(); ++i) {
    reader.Add(ObjectId::Of(ObjectKind::kExtension, "", rows->Text(i, 1)),
               Extension{.schema = std::string(rows->Text(i, 2)), .version = std::string(rows->Text(i, 3))},
               {kPgExtension, rows->Oid(i, 0), 0});
  }
  return {};
}

}  // namespace schemadiff
