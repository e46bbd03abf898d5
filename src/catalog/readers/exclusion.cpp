#include "catalog/readers/index_elements.h"

namespace schemadiff {

template <>
Result<void> ReadKind<Exclusion>(Reader& reader) {
  const Result<Rows> rows = reader.Query(
      "SELECT" + IndexColumns() +
      ", k.oid, k.conname, k.condeferrable, k.condeferred,"
      " (SELECT array_agg(CASE WHEN o.oprnamespace = 'pg_catalog'::regnamespace THEN '' ELSE quote_ident(s.nspname) || "
      "'.' END"
      "   || o.oprname ORDER BY e.n) FROM unnest(k.conexclop) WITH ORDINALITY e(o, n) JOIN pg_operator o ON o.oid = e.o"
      "   JOIN pg_namespace s ON s.oid = o.oprnamespace), x.oid, k.conparentid <> 0" +
      std::string(IndexTables()) +
      " JOIN pg_constraint k ON k.conindid = x.oid AND k.contype = 'x'"
      " WHERE " +
      reader.Scope("k.connamespace"));
  if (!rows) return std::unexpected(rows.error());
  if (rows->size() == 0) return {};
  const Result<Rows> operator_classes = reader.Query(OperatorClassesQuery());
  if (!operator_classes) return std::unexpected(operator_classes.error());
  const Result<IndexNames> names = ReadIndexNames(reader, *operator_classes, *rows);
  if (!names) return std::unexpected(names.error());
  const int own = kIndexColumnCount;
  for (int i = 0; i < rows->size(); ++i) {
    const Oid relation = rows->Oid(i, kIndexTable);
    const ObjectId table = reader.Relation(relation);
    if (!table) continue;
    IndexRow row = ReadIndexRow(reader, *names, *rows, i, relation);
    const std::vector<std::string> operators = rows->Array(i, own + 4);
    for (std::size_t k = 0; k < row.elements.size() && k < operators.size(); ++k) {
      row.elements[k].exclusion_operator = operators[k];
    }
    Exclusion exclusion{.access_method = std::move(row.access_method),
                        .elements = std::move(row.elements),
                        .include = std::move(row.include),
                        .predicate = std::move(row.predicate),
                        .deferrable = rows->Bool(i, own + 2),
                        .initially_deferred = rows->Bool(i, own + 3),
                        .options = std::move(row.options),
                        .tablespace = std::move(row.tablespace)};
    const ObjectId id = ObjectId::Member(ObjectKind::kExclusion, table, rows->Text(i, own + 1));
    reader.Add(id, std::move(exclusion), {kPgConstraint, rows->Oid(i, own), 0}).inherited = rows->Bool(i, own + 6);
    reader.Bind({kPgClass, rows->Oid(i, own + 5), 0}, id);
  }
  return {};
}

}  // namespace schemadiff
