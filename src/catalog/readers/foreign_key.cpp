#include <set>

#include "catalog/reader.h"
#include "support/quote.h"

namespace schemadiff {
namespace {

ForeignKey::Action ActionOf(std::string_view letter) {
  using enum ForeignKey::Action;
  if (letter == "r") return kRestrict;
  if (letter == "c") return kCascade;
  if (letter == "n") return kSetNull;
  return letter == "d" ? kSetDefault : kNoAction;
}

using Tables = std::unordered_map<Oid, ObjectId>;

// Tables named in a column of rows that are not read: an extension's.
Result<Tables> UnreadTables(Reader& reader, const Rows& rows, int column) {
  std::set<std::string> oids;
  for (int i = 0; i < rows.size(); ++i) {
    if (!reader.Relation(rows.Oid(i, column))) oids.emplace(rows.Text(i, column));
  }
  Tables tables;
  if (oids.empty()) return tables;
  const Result<Rows> names = reader.Query(
      "SELECT c.oid, n.nspname, c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
      " WHERE c.oid IN (" +
      Join(oids, ", ") + ")");
  if (!names) return std::unexpected(names.error());
  for (int i = 0; i < names->size(); ++i) {
    tables[names->Oid(i, 0)] = ObjectId::Of(ObjectKind::kTable, names->Text(i, 1), names->Text(i, 2));
  }
  return tables;
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
      ", k.conparentid <> 0 FROM pg_constraint k WHERE k.contype = 'f' AND CASE WHEN k.conparentid <> 0"
      // A key that refers to a partitioned table is repeated for each of its partitions.
      " THEN (SELECT o.conrelid FROM pg_constraint o WHERE o.oid = k.conparentid) <> k.conrelid ELSE true END AND " +
      reader.Scope("k.connamespace");
  const Result<Rows> rows = reader.Query(sql);
  if (!rows) return std::unexpected(rows.error());
  const Result<Tables> unread = UnreadTables(reader, *rows, 4);
  if (!unread) return std::unexpected(unread.error());
  for (int i = 0; i < rows->size(); ++i) {
    const Oid relation = rows->Oid(i, 1);
    const Oid referenced = rows->Oid(i, 4);
    const ObjectId table = reader.Relation(relation);
    if (!table) continue;
    const ObjectId id = ObjectId::Member(ObjectKind::kForeignKey, table, rows->Text(i, 2));
    ObjectId target = reader.Relation(referenced);
    if (!target) target = unread->at(referenced);
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
        .inherited = rows->Bool(i, 15);
  }
  return {};
}

}  // namespace schemadiff
