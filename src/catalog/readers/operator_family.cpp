#include "catalog/names.h"
#include "catalog/reader.h"

namespace schemadiff {

template <>
Result<void> ReadKind<OperatorFamily>(Reader& reader) {
  const Result<Rows> rows = reader.QueryUserObjects(
      kPgOpfamily,
      "SELECT f.oid, f.opfnamespace, f.opfname, m.amname FROM pg_opfamily f JOIN pg_am m ON m.oid = f.opfmethod "
      "WHERE " +
          reader.Scope("f.opfnamespace"));
  if (!rows) return std::unexpected(rows.error());
  for (int i = 0; i < rows->size(); ++i) {
    const Oid oid = rows->Oid(i, 0);
    if (reader.IsExtensionMember(kPgOpfamily, oid)) continue;
    reader.Add(ObjectId::Of(ObjectKind::kOperatorFamily, reader.NamespaceName(rows->Oid(i, 1)), rows->Text(i, 2),
                            rows->Text(i, 3)),
               OperatorFamily{}, {kPgOpfamily, oid, 0});
  }
  return {};
}

}  // namespace schemadiff
