#include "catalog/reader.h"

namespace schemadiff {

// PostgreSQL's own roles begin with pg_: they own and grant, too.
template <>
Result<void> ReadKind<Role>(Reader& reader) {
  if (reader.temporary()) return {};
  const Result<Rows> rows = reader.Query(
      "SELECT oid, rolname, rolsuper, rolinherit, rolcreaterole, rolcreatedb, rolcanlogin, rolreplication,"
      " rolbypassrls, rolconnlimit, CASE WHEN isfinite(rolvaliduntil)"
      "  THEN to_char(rolvaliduntil AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS') || '+00' ELSE rolvaliduntil::text END"
      " FROM pg_roles");
  if (!rows) return std::unexpected(rows.error());
  for (int i = 0; i < rows->size(); ++i) {
    const ObjectId id = ObjectId::Of(ObjectKind::kRole, "", rows->Text(i, 1));
    const Address address{kPgAuthid, rows->Oid(i, 0), 0};
    if (address.object == reader.database_owner()) reader.catalog().database_owner = id.name();
    reader.Bind(address, id);
    if (id.name().starts_with("pg_")) continue;
    reader.Add(id,
               Role{.superuser = rows->Bool(i, 2),
                    .inherit = rows->Bool(i, 3),
                    .create_role = rows->Bool(i, 4),
                    .create_database = rows->Bool(i, 5),
                    .login = rows->Bool(i, 6),
                    .replication = rows->Bool(i, 7),
                    .bypass_row_security = rows->Bool(i, 8),
                    .connection_limit = rows->Int(i, 9),
                    .valid_until = std::string(rows->Text(i, 10))},
               address);
  }
  return {};
}

}  // namespace schemadiff
