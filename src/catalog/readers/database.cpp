#include "catalog/reader.h"

namespace schemadiff {

template <>
Result<void> ReadKind<Database>(Reader& reader) {
  if (reader.temporary()) return {};
  const Result<Rows> rows = reader.Query("SELECT oid, datname FROM pg_database WHERE datname = current_database()");
  if (!rows) return std::unexpected(rows.error());
  for (int i = 0; i < rows->size(); ++i) {
    reader.Add(ObjectId::Of(ObjectKind::kDatabase, "", rows->Text(i, 1)), Database{},
               {kPgDatabase, rows->Oid(i, 0), 0});
  }
  return {};
}

}  // namespace schemadiff
