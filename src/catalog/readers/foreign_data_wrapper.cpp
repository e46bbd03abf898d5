#include "catalog/reader.h"

namespace schemadiff {

template <>
Result<void> ReadKind<ForeignDataWrapper>(Reader& reader) {
  const Result<Rows> rows = reader.QueryUserObjects(
      kPgForeignDataWrapper,
      "SELECT w.oid, w.fdwname, CASE WHEN w.fdwhandler <> 0 THEN quote_ident(hn.nspname) || '.' || "
      "quote_ident(h.proname)"
      " END, CASE WHEN w.fdwvalidator <> 0 THEN quote_ident(vn.nspname) || '.' || quote_ident(v.proname) END,"
      " w.fdwoptions FROM pg_foreign_data_wrapper w LEFT JOIN pg_proc h ON h.oid = w.fdwhandler"
      " LEFT JOIN pg_namespace hn ON hn.oid = h.pronamespace LEFT JOIN pg_proc v ON v.oid = w.fdwvalidator"
      " LEFT JOIN pg_namespace vn ON vn.oid = v.pronamespace");
  if (!rows) return std::unexpected(rows.error());
  for (int i = 0; i < rows->size(); ++i) {
    const Oid oid = rows->Oid(i, 0);
    if (reader.IsExtensionMember(kPgForeignDataWrapper, oid)) continue;
    ForeignDataWrapper wrapper{.handler = std::string(rows->Text(i, 2)), .validator = std::string(rows->Text(i, 3))};
    AddOptions(wrapper.options, rows->Array(i, 4));
    reader.Add(ObjectId::Of(ObjectKind::kForeignDataWrapper, "", rows->Text(i, 1)), std::move(wrapper),
               {kPgForeignDataWrapper, oid, 0});
  }
  return {};
}

}  // namespace schemadiff
