#include "catalog/reader.h"

namespace schemadiff {

template <>
Result<void> ReadKind<DomainConstraint>(Reader& reader) {
  const Result<Rows> rows = reader.QueryUserObjects(
      kPgType,
      "SELECT k.oid, k.contypid, k.conname, pg_get_expr(k.conbin, 'pg_type'::regclass), k.convalidated FROM "
      "pg_constraint k"
      " WHERE k.contype = 'c' AND k.contypid <> 0 AND " +
          reader.Scope("k.connamespace"));
  if (!rows) return std::unexpected(rows.error());
  for (int i = 0; i < rows->size(); ++i) {
    const ObjectId domain = reader.At({kPgType, rows->Oid(i, 1), 0});
    if (!domain) continue;
    std::string text(rows->Text(i, 3));
    if (text.starts_with('(') && text.ends_with(')')) text = text.substr(1, text.size() - 2);
    reader.Add(ObjectId::Member(ObjectKind::kDomainConstraint, domain, rows->Text(i, 2)),
               DomainConstraint{.expression = {std::move(text)}, .valid = rows->Bool(i, 4)},
               {kPgConstraint, rows->Oid(i, 0), 0});
  }
  return {};
}

}  // namespace schemadiff
