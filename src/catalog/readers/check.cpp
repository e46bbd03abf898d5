#include "catalog/column_references.h"

namespace schemadiff {

template <>
Result<void> ReadKind<Check>(Reader& reader) {
  const std::string sql =
      "SELECT k.oid, k.conrelid, k.conname, " + ExpressionText("k.conbin", "k.conrelid", LenderOfColumns("k.conkey")) +
      ", k.connoinherit, k.convalidated, " + std::string(reader.version() >= 180000 ? "k.conenforced" : "true") +
      ", k.coninhcount > 0, k.conislocal FROM pg_constraint k WHERE k.contype = 'c' AND k.conrelid <> 0 AND " +
      reader.Scope("k.connamespace");
  const Result<Rows> rows = reader.Query(sql);
  if (!rows) return std::unexpected(rows.error());
  for (int i = 0; i < rows->size(); ++i) {
    const ObjectId table = reader.Relation(rows->Oid(i, 1));
    if (!table) continue;
    std::string text = TextWithColumns(reader, rows->Oid(i, 1), *rows, i, 3);
    if (text.starts_with('(') && text.ends_with(')')) text = text.substr(1, text.size() - 2);
    Object& object = reader.Add(ObjectId::Member(ObjectKind::kCheck, table, rows->Text(i, 2)),
                                Check{.expression = {std::move(text)},
                                      .no_inherit = rows->Bool(i, 5),
                                      .valid = rows->Bool(i, 6),
                                      .enforced = rows->Bool(i, 7)},
                                {kPgConstraint, rows->Oid(i, 0), 0});
    object.inherited = rows->Bool(i, 8);
    object.is_local = rows->Bool(i, 9);
  }
  return {};
}

}  // namespace schemadiff
