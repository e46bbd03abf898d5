#include "catalog/names.h"
#include "catalog/reader.h"

namespace schemadiff {

template <>
Result<void> ReadKind<Language>(Reader& reader) {
  const Result<Rows> rows =
      reader.Query("SELECT l.oid, l.lanname, l.lanpltrusted, " + RoutineNameSql("l.lanplcallfoid") + ", " +
                   RoutineNameSql("l.laninline") + ", " + RoutineNameSql("l.lanvalidator") +
                   " FROM pg_language l WHERE l.lanispl AND l.oid >= 16384");
  if (!rows) return std::unexpected(rows.error());
  for (int i = 0; i < rows->size(); ++i) {
    const Oid oid = rows->Oid(i, 0);
    if (reader.IsExtensionMember(kPgLanguage, oid)) continue;
    reader.Add(ObjectId::Of(ObjectKind::kLanguage, "", rows->Text(i, 1)),
               Language{.trusted = rows->Bool(i, 2),
                        .handler = std::string(rows->Text(i, 3)),
                        .inline_handler = std::string(rows->Text(i, 4)),
                        .validator = std::string(rows->Text(i, 5))},
               {kPgLanguage, oid, 0});
  }
  return {};
}

}  // namespace schemadiff
