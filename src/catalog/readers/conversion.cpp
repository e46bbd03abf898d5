#include "catalog/names.h"
#include "catalog/reader.h"

namespace schemadiff {

template <>
Result<void> ReadKind<Conversion>(Reader& reader) {
  const Result<Rows> rows = reader.QueryUserObjects(
      kPgConversion,
      "SELECT c.oid, c.connamespace, c.conname, pg_encoding_to_char(c.conforencoding),"
      " pg_encoding_to_char(c.contoencoding), " +
          RoutineNameSql("c.conproc") + ", c.condefault FROM pg_conversion c WHERE " + reader.Scope("c.connamespace"));
  if (!rows) return std::unexpected(rows.error());
  for (int i = 0; i < rows->size(); ++i) {
    const Oid oid = rows->Oid(i, 0);
    if (reader.IsExtensionMember(kPgConversion, oid)) continue;
    reader.Add(ObjectId::Of(ObjectKind::kConversion, reader.NamespaceName(rows->Oid(i, 1)), rows->Text(i, 2)),
               Conversion{.source = std::string(rows->Text(i, 3)),
                          .target = std::string(rows->Text(i, 4)),
                          .function = std::string(rows->Text(i, 5)),
                          .is_default = rows->Bool(i, 6)},
               {kPgConversion, oid, 0});
  }
  return {};
}

}  // namespace schemadiff
