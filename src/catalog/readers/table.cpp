#include "catalog/names.h"
#include "catalog/reader.h"

namespace schemadiff {
template <>
Result<void> ReadKind<Table>(Reader& reader) {
  const Result<Rows> rows = reader.Query(
      "SELECT c.oid, c.relnamespace, c.relname, c.reltype, t.typarray, c.relpersistence = 'u', c.relrowsecurity,"
      " c.relforcerowsecurity, c.reloptions, toast.reloptions,"
      " CASE WHEN c.relkind = 'p' THEN pg_get_partkeydef(c.oid) END,"
      " CASE WHEN c.relispartition THEN pg_get_expr(c.relpartbound, c.oid) END,"
      " CASE c.relreplident WHEN 'f' THEN 'FULL' WHEN 'n' THEN 'NOTHING' WHEN 'i' THEN marked.identity END,"
      " CASE WHEN c.reloftype <> 0 THEN format_type(c.reloftype, NULL) END, " +
      AccessMethodNameSql("c.relam") + ", " + TablespaceNameSql("c.reltablespace") +
      ", marked.clustered"
      " FROM pg_class c LEFT JOIN pg_type t ON t.oid = c.reltype"
      " LEFT JOIN (SELECT oid, reloptions FROM pg_class WHERE relkind = 't' AND reloptions IS NOT NULL) toast"
      " ON toast.oid = c.reltoastrelid"
      " LEFT JOIN (SELECT i.indrelid, max(x.relname::text) FILTER (WHERE i.indisreplident) AS identity,"
      "  max(x.relname::text) FILTER (WHERE i.indisclustered) AS clustered"
      "  FROM pg_index i JOIN pg_class x ON x.oid = i.indexrelid"
      "  WHERE i.indisreplident OR i.indisclustered GROUP BY i.indrelid) marked ON marked.indrelid = c.oid"
      " WHERE c.relkind IN ('r', 'p') AND " +
      reader.Scope("c.relnamespace"));
  if (!rows) return std::unexpected(rows.error());
  for (int i = 0; i < rows->size(); ++i) {
    const Oid oid = rows->Oid(i, 0);
    if (reader.IsExtensionMember(kPgClass, oid)) continue;
    Table table{.unlogged = rows->Bool(i, 5),
                .partition_key = {std::string(rows->Text(i, 10))},
                .partition_bound = {std::string(rows->Text(i, 11))},
                .of_type = {std::string(rows->Text(i, 13))},
                .access_method = std::string(rows->Text(i, 14)),
                .tablespace = std::string(rows->Text(i, 15)),
                .row_security = rows->Bool(i, 6),
                .force_row_security = rows->Bool(i, 7),
                .replica_identity = std::string(rows->Text(i, 12)),
                .cluster_on = std::string(rows->Text(i, 16))};
    AddOptions(table.options, rows->Array(i, 8));
    AddOptions(table.options, rows->Array(i, 9), "toast.");
    const ObjectId id = ObjectId::Of(ObjectKind::kTable, reader.NamespaceName(rows->Oid(i, 1)), rows->Text(i, 2));
    reader.Add(id, std::move(table), {kPgClass, oid, 0});
    reader.Bind({kPgType, rows->Oid(i, 3), 0}, id);
    reader.Bind({kPgType, rows->Oid(i, 4), 0}, id);
  }
  return {};
}

}  // namespace schemadiff
