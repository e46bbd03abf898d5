#include "catalog/names.h"
#include "catalog/reader.h"

namespace schemadiff {

template <>
Result<void> ReadKind<Cast>(Reader& reader) {
  const Result<Rows> rows = reader.QueryUserObjects(
      kPgCast,
      "SELECT c.oid, format_type(c.castsource, NULL), format_type(c.casttarget, NULL), c.castmethod, c.castcontext, " +
          SignatureSql("c.castfunc") +
          " FROM pg_cast c WHERE c.oid >= 16384"
          // A range type comes with a cast to its multirange type.
          " AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_cast'::regclass AND d.objid = c.oid"
          "  AND d.deptype = 'i')");
  if (!rows) return std::unexpected(rows.error());
  for (int i = 0; i < rows->size(); ++i) {
    const Oid oid = rows->Oid(i, 0);
    if (reader.IsExtensionMember(kPgCast, oid)) continue;
    const std::string_view method = rows->Text(i, 3);
    const std::string_view context = rows->Text(i, 4);
    Cast cast{.method = method == "f"   ? Cast::Method::kFunction
                        : method == "i" ? Cast::Method::kInout
                                        : Cast::Method::kBinary,
              .function = std::string(rows->Text(i, 5)),
              .context = context == "i"   ? Cast::Context::kImplicit
                         : context == "a" ? Cast::Context::kAssignment
                                          : Cast::Context::kExplicit};
    reader.Add(ObjectId::Of(ObjectKind::kCast, "", rows->Text(i, 1), rows->Text(i, 2)), std::move(cast),
               {kPgCast, oid, 0});
  }
  return {};
}

}  // namespace schemadiff
