#include "catalog/names.h"
#include "catalog/reader.h"

namespace schemadiff {

template <>
Result<void> ReadKind<Key>(Reader& reader) {
  const std::string sql = "SELECT k.oid, k.conrelid, k.conname, k.contype = 'p', i.indkey, i.indnkeyatts, " +
                          std::string(reader.version() >= 150000 ? "i.indnullsnotdistinct" : "false") +
                          ", k.condeferrable, k.condeferred, " +
                          (reader.version() >= 180000 ? "k.conperiod" : "false") + ", x.reloptions, " +
                          TablespaceNameSql("x.reltablespace") +
                          ", k.conindid, k.conparentid <> 0, h.inhparent,"
                          " nullif(x.relkind = 'I' AND NOT i.indisvalid, false)"
                          " FROM pg_constraint k JOIN pg_index i ON i.indexrelid = k.conindid"
                          " JOIN pg_class x ON x.oid = k.conindid LEFT JOIN pg_inherits h ON h.inhrelid = x.oid"
                          " WHERE k.contype IN ('p', 'u') AND " +
                          reader.Scope("k.connamespace");
  const Result<Rows> rows = reader.Query(sql);
  if (!rows) return std::unexpected(rows.error());
  for (int i = 0; i < rows->size(); ++i) {
    const Oid relation = rows->Oid(i, 1);
    const ObjectId table = reader.Relation(relation);
    if (!table) continue;
    Key key{.primary = rows->Bool(i, 3),
            .columns = reader.ColumnNames(relation, SplitVector(rows->Text(i, 4))),
            .nulls_not_distinct = rows->Bool(i, 6),
            .deferrable = rows->Bool(i, 7),
            .initially_deferred = rows->Bool(i, 8),
            .without_overlaps = rows->Bool(i, 9),
            .tablespace = std::string(rows->Text(i, 11))};
    const auto keys = key.columns.begin() + static_cast<std::ptrdiff_t>(rows->Int(i, 5));
    key.include.assign(keys, key.columns.end());
    key.columns.erase(keys, key.columns.end());
    AddOptions(key.options, rows->Array(i, 10));
    const ObjectId id = ObjectId::Member(ObjectKind::kKey, table, rows->Text(i, 2));
    reader.Add(id, std::move(key), {kPgConstraint, rows->Oid(i, 0), 0}).only = rows->Bool(i, 15);
    reader.Bind({kPgClass, rows->Oid(i, 12), 0}, id);
    if (!rows->IsNull(i, 14)) reader.AddPart({id, rows->Oid(i, 14), rows->Bool(i, 13)});
  }
  return {};
}

}  // namespace schemadiff
