#include "catalog/reader.h"

namespace schemadiff {

template <>
Result<void> ReadKind<Parameter>(Reader& reader) {
  if (reader.temporary()) return {};
  if (reader.version() < 150000) return {};
  const Result<Rows> rows = reader.Query("SELECT oid, parname FROM pg_parameter_acl");
  if (!rows) return std::unexpected(rows.error());
  for (int i = 0; i < rows->size(); ++i) {
    reader.Add(ObjectId::Of(ObjectKind::kParameter, "", rows->Text(i, 1)), Parameter{},
               {kPgParameterAcl, rows->Oid(i, 0), 0});
  }
  return {};
}

}  // namespace schemadiff
