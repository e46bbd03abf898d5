#include "catalog/reader.h"

namespace schemadiff {

template <>
Result<void> ReadKind<Namespace>(Reader& reader) {
  const Result<Rows> rows =
      reader.Query("SELECT oid, nspname FROM pg_namespace WHERE " + reader.Scope("oid") + " AND nspname !~ '^pg_'");
  if (!rows) return std::unexpected(rows.error());
  for (int i = 0; i < rows->size(); ++i) {
    const Oid oid = rows->Oid(i, 0);
    if (reader.IsExtensionMember(kPgNamespace, oid)) continue;
    reader.Add(ObjectId::Of(ObjectKind::kNamespace, "", rows->Text(i, 1)), Namespace{}, {kPgNamespace, oid, 0});
  }
  return {};
}

}  // namespace schemadiff
