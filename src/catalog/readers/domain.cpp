#include "catalog/reader.h"

namespace schemadiff {

template <>
Result<void> ReadKind<Domain>(Reader& reader) {
  const Result<Rows> rows = reader.QueryUserObjects(
      kPgType,
      "SELECT t.oid, t.typnamespace, t.typname, t.typarray, format_type(t.typbasetype, t.typtypmod),"
      " CASE WHEN t.typcollation <> b.typcollation THEN t.typcollation::regcollation::text END,"
      " coalesce(pg_get_expr(t.typdefaultbin, 'pg_type'::regclass), ''), t.typnotnull"
      " FROM pg_type t JOIN pg_type b ON b.oid = t.typbasetype WHERE t.typtype = 'd' AND " +
          reader.Scope("t.typnamespace"));
  if (!rows) return std::unexpected(rows.error());
  for (int i = 0; i < rows->size(); ++i) {
    const Oid oid = rows->Oid(i, 0);
    if (reader.IsExtensionMember(kPgType, oid)) continue;
    const ObjectId id = ObjectId::Of(ObjectKind::kDomain, reader.NamespaceName(rows->Oid(i, 1)), rows->Text(i, 2));
    reader.Add(id,
               Domain{.type = {std::string(rows->Text(i, 4))},
                      .collation = std::string(rows->Text(i, 5)),
                      .default_value = {std::string(rows->Text(i, 6))},
                      .not_null = rows->Bool(i, 7)},
               {kPgType, oid, 0});
    reader.Bind({kPgType, rows->Oid(i, 3), 0}, id);
  }
  return {};
}

}  // namespace schemadiff
