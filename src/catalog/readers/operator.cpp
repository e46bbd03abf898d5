#include "catalog/names.h"
#include "catalog/reader.h"

namespace schemadiff {

// A shell operator has no function.
template <>
Result<void> ReadKind<Operator>(Reader& reader) {
  const Result<Rows> rows = reader.QueryUserObjects(
      kPgOperator,
      "SELECT o.oid, o.oprnamespace, o.oprname, CASE WHEN o.oprleft = 0 THEN 'NONE' ELSE format_type(o.oprleft, NULL)"
      " END || ', ' || CASE WHEN o.oprright = 0 THEN 'NONE' ELSE format_type(o.oprright, NULL) END, " +
          RoutineNameSql("o.oprcode") + ", " + OperatorNameSql("o.oprcom") + ", " + OperatorNameSql("o.oprnegate") +
          ", " + RoutineNameSql("o.oprrest") + ", " + RoutineNameSql("o.oprjoin") +
          ", o.oprcanhash, o.oprcanmerge FROM pg_operator o WHERE o.oprcode <> 0 AND " +
          reader.Scope("o.oprnamespace"));
  if (!rows) return std::unexpected(rows.error());
  for (int i = 0; i < rows->size(); ++i) {
    const Oid oid = rows->Oid(i, 0);
    if (reader.IsExtensionMember(kPgOperator, oid)) continue;
    reader.Add(
        ObjectId::Of(ObjectKind::kOperator, reader.NamespaceName(rows->Oid(i, 1)), rows->Text(i, 2), rows->Text(i, 3)),
        Operator{.function = std::string(rows->Text(i, 4)),
                 .commutator = std::string(rows->Text(i, 5)),
                 .negator = std::string(rows->Text(i, 6)),
                 .restriction = std::string(rows->Text(i, 7)),
                 .join = std::string(rows->Text(i, 8)),
                 .hashes = rows->Bool(i, 9),
                 .merges = rows->Bool(i, 10)},
        {kPgOperator, oid, 0});
  }
  return {};
}

}  // namespace schemadiff
