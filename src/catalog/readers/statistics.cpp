#include <algorithm>

#include "catalog/reader.h"

namespace schemadiff {

template <>
Result<void> ReadKind<Statistics>(Reader& reader) {
  const Result<Rows> rows = reader.QueryUserObjects(
      kPgStatisticExt,
      "SELECT oid, stxnamespace, stxname, stxrelid, stxkeys,"
      " CASE WHEN stxexprs IS NOT NULL THEN pg_get_statisticsobjdef_expressions(oid) END,"
      " 'd' = ANY (stxkind), 'f' = ANY (stxkind), 'm' = ANY (stxkind), coalesce(stxstattarget, -1)"
      " FROM pg_statistic_ext WHERE " +
          reader.Scope("stxnamespace"));
  if (!rows) return std::unexpected(rows.error());
  for (int i = 0; i < rows->size(); ++i) {
    const Oid oid = rows->Oid(i, 0);
    const Oid relation = rows->Oid(i, 3);
    const ObjectId table = reader.Relation(relation);
    if (!table || reader.IsExtensionMember(kPgStatisticExt, oid)) continue;
    Statistics statistics{.table = table,
                          .columns = reader.ColumnNames(relation, SplitVector(rows->Text(i, 4))),
                          .ndistinct = rows->Bool(i, 6),
                          .dependencies = rows->Bool(i, 7),
                          .mcv = rows->Bool(i, 8),
                          .target = rows->Int(i, 9)};
    std::ranges::sort(statistics.columns);
    for (const std::string& expression : rows->Array(i, 5)) statistics.expressions.push_back({expression});
    const ObjectId id = ObjectId::Of(ObjectKind::kStatistics, reader.NamespaceName(rows->Oid(i, 1)), rows->Text(i, 2));
    reader.Add(id, std::move(statistics), {kPgStatisticExt, oid, 0}).edges.push_back({table, EdgeKind::kOwnedBy});
  }
  return {};
}

}  // namespace schemadiff
