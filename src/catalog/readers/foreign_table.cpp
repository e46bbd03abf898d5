#include "catalog/reader.h"
#include "model/lineage.h"

namespace schemadiff {
namespace {

// Parents of tables and foreign tables, once both are known, in the order in which they were named.
Result<void> ReadParents(Reader& reader) {
  const Result<Rows> rows = reader.Query(
      "SELECT i.inhrelid, i.inhparent FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid"
      " WHERE c.relkind IN ('r', 'p', 'f') AND " +
      reader.Scope("c.relnamespace") + " ORDER BY i.inhrelid, i.inhseqno");
  if (!rows) return std::unexpected(rows.error());
  for (int i = 0; i < rows->size(); ++i) {
    Object* child = reader.schema().Find(reader.Relation(rows->Oid(i, 0)));
    const ObjectId parent = reader.Relation(rows->Oid(i, 1));
    if (child == nullptr || !parent) continue;
    if (const Expression bound = PartitionBoundOf(*child)) {
      SetPartition(*child, parent, bound);
    } else {
      MutableInheritanceParents(*child)->push_back(parent);
    }
  }
  return {};
}

}  // namespace

template <>
Result<void> ReadKind<ForeignTable>(Reader& reader) {
  const Result<Rows> rows = reader.Query(
      "SELECT c.oid, c.relnamespace, c.relname, c.reltype, t.typarray, s.srvname, f.ftoptions,"
      " CASE WHEN c.relispartition THEN pg_get_expr(c.relpartbound, c.oid) END"
      " FROM pg_foreign_table f JOIN pg_class c ON c.oid = f.ftrelid JOIN pg_foreign_server s ON s.oid = f.ftserver"
      " LEFT JOIN pg_type t ON t.oid = c.reltype WHERE " +
      reader.Scope("c.relnamespace"));
  if (!rows) return std::unexpected(rows.error());
  for (int i = 0; i < rows->size(); ++i) {
    const Oid oid = rows->Oid(i, 0);
    if (reader.IsExtensionMember(kPgClass, oid)) continue;
    ForeignTable table{.server = std::string(rows->Text(i, 5)), .partition_bound = {std::string(rows->Text(i, 7))}};
    AddOptions(table.options, rows->Array(i, 6));
    const ObjectId id =
        ObjectId::Of(ObjectKind::kForeignTable, reader.NamespaceName(rows->Oid(i, 1)), rows->Text(i, 2));
    reader.Add(id, std::move(table), {kPgClass, oid, 0});
    reader.Bind({kPgType, rows->Oid(i, 3), 0}, id);
    reader.Bind({kPgType, rows->Oid(i, 4), 0}, id);
  }
  return ReadParents(reader);
}

}  // namespace schemadiff
