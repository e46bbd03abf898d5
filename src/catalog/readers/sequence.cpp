#include "catalog/reader.h"
#include "support/quote.h"

namespace schemadiff {

template <>
Result<void> ReadKind<Sequence>(Reader& reader) {
  const Result<Rows> rows = reader.Query(
      "SELECT c.oid, c.relnamespace, c.relname, c.relpersistence = 'u', format_type(s.seqtypid, NULL), s.seqstart,"
      " s.seqincrement, s.seqmin, s.seqmax, s.seqcache, s.seqcycle, d.refobjid, d.refobjsubid, d.deptype = 'i'"
      " FROM pg_sequence s JOIN pg_class c ON c.oid = s.seqrelid"
      " LEFT JOIN (SELECT objid, refobjid, refobjsubid, deptype FROM pg_depend"
      "  WHERE classid = 'pg_class'::regclass AND objid = ANY (ARRAY(SELECT seqrelid FROM pg_sequence))"
      "  AND objsubid = 0 AND refclassid = 'pg_class'::regclass AND deptype IN ('a', 'i')) d ON d.objid = c.oid"
      " WHERE " +
      reader.Scope("c.relnamespace"));
  if (!rows) return std::unexpected(rows.error());
  for (int i = 0; i < rows->size(); ++i) {
    const Oid oid = rows->Oid(i, 0);
    const std::string& schema = reader.NamespaceName(rows->Oid(i, 1));
    const SequenceParameters parameters{.start = rows->Int(i, 5),
                                        .increment = rows->Int(i, 6),
                                        .min_value = rows->Int(i, 7),
                                        .max_value = rows->Int(i, 8),
                                        .cache = rows->Int(i, 9),
                                        .cycle = rows->Bool(i, 10)};
    const Address column{kPgClass, rows->Oid(i, 11), static_cast<std::int32_t>(rows->Int(i, 12))};
    if (rows->Bool(i, 13)) {
      reader.KeepColumnSequence(
          column, {.oid = oid, .name = QuoteQualified(schema, rows->Text(i, 2)), .parameters = parameters});
      continue;
    }
    if (reader.IsExtensionMember(kPgClass, oid)) continue;
    const ObjectId id = ObjectId::Of(ObjectKind::kSequence, schema, rows->Text(i, 2));
    reader.Add(
        id, Sequence{.type = {std::string(rows->Text(i, 4))}, .parameters = parameters, .unlogged = rows->Bool(i, 3)},
        {kPgClass, oid, 0});
    if (!rows->IsNull(i, 11)) reader.KeepColumnSequence(column, {.owned = id, .oid = oid});
  }
  return {};
}

}  // namespace schemadiff
