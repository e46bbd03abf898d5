#include "catalog/reader.h"

namespace schemadiff {
namespace {

ForeignKey::Action ActionOf(std::string_view letter) {
  using enum ForeignKey::Action;
  if (letter == "r") return kRestrict;
  if (letter == "c") return kCascade;
  if (letter == "n") return kSetNull;
  return letter == "d" ? kSetDefault : kNoAction;
}

}  // namespace

template <>
Result<void> ReadKind<ForeignKey>(Reader& reader) {
  const std::string sql =
      "SELECT k.oid, k.conrelid, k.conname, k.conkey, k.confrelid, k.confkey, k.confmatchtype = 'f', k.confupdtype,"
      " k.confdeltype, " +
      std::string(reader.version() >= 150000 ? "k.confdelsetcols" : "NULL") +
      ", k.condeferrable, k.condeferred, k.convalidated, " +
      (reader.version() >= 180000 ? "k.conenforced, k.conperiod" : "true, false") +
      ", n.nspname, f.relname, k.conparentid <> 0 FROM pg_constraint k JOIN pg_class f ON f.oid = k.confrelid"
      " JOIN pg_namespace n ON n.oid = f.relnamespace LEFT JOIN pg_constraint o ON o.oid = k.conparentid"
      // A key that refers to a partitioned table is repeated for each of its partitions.
      " WHERE k.contype = 'f' AND o.conrelid IS DISTINCT FROM k.conrelid AND " +
      reader.Scope("k.connamespace");
  const Result<Rows> rows = reader.Query(sql);
  if (!rows) return std::unexpected(rows.error());
  for (int i = 0; i < rows->size(); ++i) {
    const Oid relation = rows->Oid(i, 1);
    const Oid referenced = rows->Oid(i, 4);
    const ObjectId table = reader.Relation(relation);
    if (!table) continue;
    const ObjectId id = ObjectId::Member(ObjectKind::kForeignKey, table, rows->Text(i, 2));
    ObjectId target = reader.Relation(referenced);
    if (!target) target = ObjectId::Of(ObjectKind::kTable, rows->Text(i, 15), rows->Text(i, 16));
    reader
        .Add(id,
             ForeignKey{.columns = reader.ColumnNames(relation, rows->Array(i, 3)),
                        .referenced = target,
                        .referenced_columns = reader.ColumnNames(referenced, rows->Array(i, 5)),
                        .match_full = rows->Bool(i, 6),
                        .on_update = ActionOf(rows->Text(i, 7)),
                        .on_delete = ActionOf(rows->Text(i, 8)),
                        .on_delete_columns = reader.ColumnNames(relation, rows->Array(i, 9)),
                        .deferrable = rows->Bool(i, 10),
                        .initially_deferred = rows->Bool(i, 11),
                        .valid = rows->Bool(i, 12),
                        .enforced = rows->Bool(i, 13),
                        .period = rows->Bool(i, 14)},
             {kPgConstraint, rows->Oid(i, 0), 0})
        .inherited = rows->Bool(i, 17);
  }
  return {};
}

}  // namespace schemadiff
