#include "catalog/reader.h"

namespace schemadiff {
namespace {

// ICU's locale stood in collcollate up to version 14, in colliculocale up to 16.
std::string CollationColumns(int version) {
  const std::string_view locale = version >= 170000   ? "c.colllocale"
                                  : version >= 150000 ? "c.colliculocale"
                                                      : "CASE WHEN c.collprovider <> 'c' THEN c.collcollate END";
  return std::string(locale) + (version >= 160000 ? ", c.collicurules" : ", NULL");
}

Collation::Provider ProviderOf(std::string_view letter) {
  if (letter == "i") return Collation::Provider::kIcu;
  return letter == "b" ? Collation::Provider::kBuiltin : Collation::Provider::kLibc;
}

}  // namespace

template <>
Result<void> ReadKind<Collation>(Reader& reader) {
  const Result<Rows> rows = reader.QueryUserObjects(
      kPgCollation,
      "SELECT c.oid, c.collnamespace, c.collname, c.collprovider, c.collcollate, c.collctype, c.collisdeterministic, " +
          CollationColumns(reader.version()) + " FROM pg_collation c WHERE " + reader.Scope("c.collnamespace"));
  if (!rows) return std::unexpected(rows.error());
  for (int i = 0; i < rows->size(); ++i) {
    const Oid oid = rows->Oid(i, 0);
    if (reader.IsExtensionMember(kPgCollation, oid)) continue;
    Collation collation{.provider = ProviderOf(rows->Text(i, 3)), .deterministic = rows->Bool(i, 6)};
    if (collation.provider == Collation::Provider::kLibc) {
      collation.lc_collate = rows->Text(i, 4);
      collation.lc_ctype = rows->Text(i, 5);
    } else {
      collation.locale = rows->Text(i, 7);
      collation.rules = rows->Text(i, 8);
    }
    reader.Add(ObjectId::Of(ObjectKind::kCollation, reader.NamespaceName(rows->Oid(i, 1)), rows->Text(i, 2)),
               std::move(collation), {kPgCollation, oid, 0});
  }
  return {};
}

}  // namespace schemadiff
