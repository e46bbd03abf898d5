#include "catalog/reader.h"

namespace schemadiff {

template <>
Result<void> ReadKind<Sequence>(Reader& reader) {
  const Result<Rows> rows = reader.Query(
      "SELECT c.oid, c.relnamespace, c.relname, c.relpersistence = 'u', format_type(s.seqtypid, NULL), s.seqstart,"
      " s.seqincrement, s.seqmin, s.seqmax, s.seqcache, s.seqcycle, n.nspname, t.relname, a.attname"
      " FROM pg_sequence s JOIN pg_class c ON c.oid = s.seqrelid"
      " LEFT JOIN pg_depend d ON d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.objsubid = 0"
      "  AND d.refclassid = 'pg_class'::regclass AND d.deptype IN ('a', 'i')"
      " LEFT JOIN pg_class t ON t.oid = d.refobjid LEFT JOIN pg_namespace n ON n.oid = t.relnamespace"
      " LEFT JOIN pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid"
      " WHERE d.deptype IS DISTINCT FROM 'i' AND " +
      reader.Scope("c.relnamespace"));
  if (!rows) return std::unexpected(rows.error());
  for (int i = 0; i < rows->size(); ++i) {
    const Oid oid = rows->Oid(i, 0);
    if (reader.IsExtensionMember(kPgClass, oid)) continue;
    Sequence sequence{.type = {std::string(rows->Text(i, 4))},
                      .parameters = {.start = rows->Int(i, 5),
                                     .increment = rows->Int(i, 6),
                                     .min_value = rows->Int(i, 7),
                                     .max_value = rows->Int(i, 8),
                                     .cache = rows->Int(i, 9),
                                     .cycle = rows->Bool(i, 10)},
                      .unlogged = rows->Bool(i, 3)};
    if (!rows->IsNull(i, 13)) {
      const ObjectId table = ObjectId::Of(ObjectKind::kTable, rows->Text(i, 11), rows->Text(i, 12));
      sequence.owned_by = ObjectId::Member(ObjectKind::kColumn, table, rows->Text(i, 13));
    }
    const ObjectId id = ObjectId::Of(ObjectKind::kSequence, reader.NamespaceName(rows->Oid(i, 1)), rows->Text(i, 2));
    const ObjectId owner = sequence.owned_by;
    Object& object = reader.Add(id, std::move(sequence), {kPgClass, oid, 0});
    if (owner) object.edges.push_back({owner, EdgeKind::kOwnedBy});
  }
  return {};
}

}  // namespace schemadiff
