#include <algorithm>

#include "catalog/reader.h"

namespace schemadiff {

template <>
Result<void> ReadKind<PublicationTable>(Reader& reader) {
  const std::string details = reader.version() >= 150000 ? "prattrs, pg_get_expr(prqual, prrelid)" : "NULL, NULL";
  const Result<Rows> rows =
      reader.QueryUserObjects(kPgPublication, "SELECT oid, prpubid, prrelid, " + details + " FROM pg_publication_rel");
  if (!rows) return std::unexpected(rows.error());
  for (int i = 0; i < rows->size(); ++i) {
    const ObjectId publication = reader.At({kPgPublication, rows->Oid(i, 1), 0});
    const ObjectId table = reader.Relation(rows->Oid(i, 2));
    if (!publication || !table) continue;
    std::string filter(rows->Text(i, 4));
    if (filter.starts_with('(') && filter.ends_with(')')) filter = filter.substr(1, filter.size() - 2);
    PublicationTable published{.table = table,
                               .columns = reader.ColumnNames(rows->Oid(i, 2), SplitVector(rows->Text(i, 3))),
                               .filter = {std::move(filter)}};
    std::ranges::sort(published.columns);
    const std::string name = published.ReferredName();
    reader.Add(ObjectId::Member(ObjectKind::kPublicationTable, publication, name), std::move(published),
               {kPgPublicationRel, rows->Oid(i, 0), 0});
  }
  return {};
}

}  // namespace schemadiff
