#include "catalog/names.h"
#include "catalog/reader.h"

namespace schemadiff {

template <>
Result<void> ReadKind<AccessMethod>(Reader& reader) {
  const Result<Rows> rows =
      reader.QueryUserObjects(kPgAm, "SELECT a.oid, a.amname, a.amtype, " + RoutineNameSql("a.amhandler") +
                                         " FROM pg_am a WHERE a.oid >= 16384");
  if (!rows) return std::unexpected(rows.error());
  for (int i = 0; i < rows->size(); ++i) {
    const Oid oid = rows->Oid(i, 0);
    if (reader.IsExtensionMember(kPgAm, oid)) continue;
    reader.Add(ObjectId::Of(ObjectKind::kAccessMethod, "", rows->Text(i, 1)),
               AccessMethod{.type = rows->Text(i, 2) == "t" ? AccessMethod::Type::kTable : AccessMethod::Type::kIndex,
                            .handler = std::string(rows->Text(i, 3))},
               {kPgAm, oid, 0});
  }
  return {};
}

}  // namespace schemadiff
