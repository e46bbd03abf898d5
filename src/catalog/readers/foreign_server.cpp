#include "catalog/reader.h"

namespace schemadiff {

template <>
Result<void> ReadKind<ForeignServer>(Reader& reader) {
  const Result<Rows> rows = reader.QueryUserObjects(
      kPgForeignServer,
      "SELECT s.oid, s.srvname, w.fdwname, s.srvtype, s.srvversion, s.srvoptions FROM pg_foreign_server s"
      " JOIN pg_foreign_data_wrapper w ON w.oid = s.srvfdw");
  if (!rows) return std::unexpected(rows.error());
  for (int i = 0; i < rows->size(); ++i) {
    const Oid oid = rows->Oid(i, 0);
    if (reader.IsExtensionMember(kPgForeignServer, oid)) continue;
    ForeignServer server{.wrapper = std::string(rows->Text(i, 2)),
                         .type = std::string(rows->Text(i, 3)),
                         .version = std::string(rows->Text(i, 4))};
    AddOptions(server.options, rows->Array(i, 5));
    reader.Add(ObjectId::Of(ObjectKind::kForeignServer, "", rows->Text(i, 1)), std::move(server),
               {kPgForeignServer, oid, 0});
  }
  return {};
}

}  // namespace schemadiff
