#include "catalog/readers/index_elements.h"

namespace schemadiff {

template <>
Result<void> ReadKind<Index>(Reader& reader) {
  const std::string sql =
      "SELECT" + IndexColumns() + ", x.oid, x.relname, i.indisunique, i.indisvalid OR c.relkind = 'p', " +
      std::string(reader.version() >= 150000 ? "i.indnullsnotdistinct" : "false") +
      ", p.inhparent, nullif(c.relkind = 'p' AND NOT i.indisvalid, false)" + std::string(IndexTables()) +
      " LEFT JOIN pg_inherits p ON p.inhrelid = x.oid"
      " WHERE NOT i.indisprimary AND c.relkind IN ('r', 'p', 'm') AND " +
      reader.Scope("x.relnamespace");
  const Result<std::vector<Rows>> answers = reader.QueryAll({OperatorClassesQuery(), sql});
  if (!answers) return std::unexpected(answers.error());
  const Rows& rows = answers->back();
  const Result<IndexNames> names = ReadIndexNames(reader, answers->front(), rows);
  if (!names) return std::unexpected(names.error());
  const int own = kIndexColumnCount;
  for (int i = 0; i < rows.size(); ++i) {
    const Oid oid = rows.Oid(i, own);
    const Oid relation = rows.Oid(i, kIndexTable);
    const ObjectId table = reader.Relation(relation);
    // Those of constraints are told with them.
    if (!table || reader.At({kPgClass, oid, 0}) || reader.IsExtensionMember(kPgClass, oid)) continue;
    IndexRow row = ReadIndexRow(reader, *names, rows, i, relation);
    Index index{.unique = rows.Bool(i, own + 2),
                .access_method = std::move(row.access_method),
                .elements = std::move(row.elements),
                .include = std::move(row.include),
                .nulls_not_distinct = rows.Bool(i, own + 4),
                .predicate = std::move(row.predicate),
                .options = std::move(row.options),
                .tablespace = std::move(row.tablespace),
                .valid = rows.Bool(i, own + 3),
                .statistics = std::move(row.statistics)};
    const ObjectId id = ObjectId::Member(ObjectKind::kIndex, table, rows.Text(i, own + 1));
    reader.Add(id, std::move(index), {kPgClass, oid, 0}).only = rows.Bool(i, own + 6);
    // Whether PostgreSQL made it or a user attached it is not recorded.
    if (!rows.IsNull(i, own + 5)) reader.AddPart({.id = id, .whole = rows.Oid(i, own + 5), .inherited = true});
  }
  reader.AttachParts();
  return {};
}

}  // namespace schemadiff
