#include "catalog/reader.h"

namespace schemadiff {

template <>
Result<void> ReadKind<Enum>(Reader& reader) {
  const Result<Rows> rows = reader.QueryUserObjects(
      kPgType,
      "SELECT t.oid, t.typnamespace, t.typname, t.typarray,"
      " (SELECT array_agg(e.enumlabel ORDER BY e.enumsortorder) FROM pg_enum e WHERE e.enumtypid = t.oid)"
      " FROM pg_type t WHERE t.typtype = 'e' AND " +
          reader.Scope("t.typnamespace"));
  if (!rows) return std::unexpected(rows.error());
  for (int i = 0; i < rows->size(); ++i) {
    const Oid oid = rows->Oid(i, 0);
    if (reader.IsExtensionMember(kPgType, oid)) continue;
    const ObjectId id = ObjectId::Of(ObjectKind::kEnum, reader.NamespaceName(rows->Oid(i, 1)), rows->Text(i, 2));
    reader.Add(id, Enum{.labels = rows->Array(i, 4)}, {kPgType, oid, 0});
    reader.Bind({kPgType, rows->Oid(i, 3), 0}, id);
  }
  return {};
}

}  // namespace schemadiff
