#include "catalog/reader.h"

namespace schemadiff {

// The table is for superusers; the view leaves the options out for who may not see them, and does not tell that from a
// mapping without any.
template <>
Result<void> ReadKind<UserMapping>(Reader& reader) {
  const Result<Rows> rows = reader.QueryUserObjects(
      kPgForeignServer,
      "SELECT m.umid, m.srvid, CASE WHEN m.umuser = 0 THEN 'public' ELSE m.usename END, m.umoptions,"
      " m.umoptions IS NULL AND NOT ((m.umuser = (SELECT oid FROM pg_roles WHERE rolname = current_user) AND"
      "  (pg_has_role(s.srvowner, 'USAGE') OR has_server_privilege(s.oid, 'USAGE')))"
      "  OR (m.umuser = 0 AND pg_has_role(s.srvowner, 'USAGE'))"
      "  OR (SELECT rolsuper FROM pg_roles WHERE rolname = current_user))"
      " FROM pg_user_mappings m JOIN pg_foreign_server s ON s.oid = m.srvid");
  if (!rows) return std::unexpected(rows.error());
  for (int i = 0; i < rows->size(); ++i) {
    const ObjectId server = reader.At({kPgForeignServer, rows->Oid(i, 1), 0});
    if (!server || reader.IsExtensionMember(kPgUserMapping, rows->Oid(i, 0))) continue;
    UserMapping mapping{.hidden = rows->Bool(i, 4)};
    AddOptions(mapping.options, rows->Array(i, 3));
    reader.Add(ObjectId::Member(ObjectKind::kUserMapping, server, rows->Text(i, 2)), std::move(mapping),
               {kPgUserMapping, rows->Oid(i, 0), 0});
  }
  return {};
}

}  // namespace schemadiff
