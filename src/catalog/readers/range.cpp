#include "catalog/names.h"
#include "catalog/reader.h"

namespace schemadiff {

template <>
Result<void> ReadKind<Range>(Reader& reader) {
  const Result<Rows> rows = reader.QueryUserObjects(
      kPgType,
      "SELECT t.oid, t.typnamespace, t.typname, ARRAY[t.typarray, m.oid, m.typarray],"
      " quote_ident(n.nspname) || '.' || quote_ident(m.typname), format_type(r.rngsubtype, NULL), o.opcdefault, " +
          OperatorClassNameSql("r.rngsubopc") + ", CASE WHEN r.rngcollation <> s.typcollation THEN " +
          CollationNameSql("r.rngcollation") + " END, " + RoutineNameSql("r.rngcanonical") + ", " +
          RoutineNameSql("r.rngsubdiff") +
          // The constructors are internal to the two types.
          ", (SELECT array_agg(d.objid) FROM pg_depend d WHERE d.refclassid = 'pg_type'::regclass"
          "   AND d.refobjid IN (t.oid, m.oid) AND d.classid = 'pg_proc'::regclass AND d.deptype = 'i')"
          " FROM pg_range r JOIN pg_type t ON t.oid = r.rngtypid JOIN pg_type m ON m.oid = r.rngmultitypid"
          " JOIN pg_namespace n ON n.oid = m.typnamespace JOIN pg_type s ON s.oid = r.rngsubtype"
          " JOIN pg_opclass o ON o.oid = r.rngsubopc WHERE " +
          reader.Scope("t.typnamespace"));
  if (!rows) return std::unexpected(rows.error());
  for (int i = 0; i < rows->size(); ++i) {
    const Oid oid = rows->Oid(i, 0);
    if (reader.IsExtensionMember(kPgType, oid)) continue;
    const ObjectId id = ObjectId::Of(ObjectKind::kRange, reader.NamespaceName(rows->Oid(i, 1)), rows->Text(i, 2));
    Range range{.subtype = {std::string(rows->Text(i, 5))},
                .multirange = std::string(rows->Text(i, 4)),
                .collation = std::string(rows->Text(i, 8)),
                .canonical = std::string(rows->Text(i, 9)),
                .subtype_diff = std::string(rows->Text(i, 10))};
    (rows->Bool(i, 6) ? range.default_operator_class : range.operator_class) = rows->Text(i, 7);
    reader.Add(id, std::move(range), {kPgType, oid, 0});
    for (const std::string& type : rows->Array(i, 3)) reader.Bind({kPgType, ToOid(type), 0}, id);
    for (const std::string& constructor : rows->Array(i, 11)) reader.Bind({kPgProc, ToOid(constructor), 0}, id);
  }
  return {};
}

}  // namespace schemadiff
