#include "catalog/names.h"
#include "catalog/reader.h"

namespace schemadiff {

template <>
Result<void> ReadKind<Transform>(Reader& reader) {
  const Result<Rows> rows = reader.QueryUserObjects(
      kPgTransform, "SELECT t.oid, format_type(t.trftype, NULL), l.lanname, " + SignatureSql("t.trffromsql::oid") +
                        ", " + SignatureSql("t.trftosql::oid") +
                        " FROM pg_transform t JOIN pg_language l ON l.oid = t.trflang");
  if (!rows) return std::unexpected(rows.error());
  for (int i = 0; i < rows->size(); ++i) {
    const Oid oid = rows->Oid(i, 0);
    if (reader.IsExtensionMember(kPgTransform, oid)) continue;
    reader.Add(ObjectId::Of(ObjectKind::kTransform, "", rows->Text(i, 1), rows->Text(i, 2)),
               Transform{.from_sql = std::string(rows->Text(i, 3)), .to_sql = std::string(rows->Text(i, 4))},
               {kPgTransform, oid, 0});
  }
  return {};
}

}  // namespace schemadiff
