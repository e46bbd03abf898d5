#include <algorithm>

#include "catalog/reader.h"

namespace schemadiff {
namespace {

// Schemas were added in version 15.
Result<void> ReadSchemas(Reader& reader) {
  if (reader.version() < 150000) return {};
  const Result<Rows> rows =
      reader.QueryUserObjects(kPgPublication, "SELECT oid, pnpubid, pnnspid FROM pg_publication_namespace");
  if (!rows) return std::unexpected(rows.error());
  for (int i = 0; i < rows->size(); ++i) {
    const ObjectId id = reader.At({kPgPublication, rows->Oid(i, 1), 0});
    const std::string& name = reader.NamespaceName(rows->Oid(i, 2));
    if (!id || name.empty()) continue;
    reader.Bind({kPgPublicationNamespace, rows->Oid(i, 0), 0}, id);
    std::vector<ObjectId>& schemas = reader.schema().Find(id)->As<Publication>().schemas;
    schemas.push_back(ObjectId::Of(ObjectKind::kNamespace, "", name));
    std::ranges::sort(schemas);
  }
  return {};
}

}  // namespace

template <>
Result<void> ReadKind<Publication>(Reader& reader) {
  const std::string generated =
      reader.version() >= 180000 ? "CASE pubgencols WHEN 's' THEN 'stored' ELSE 'none' END" : "'none'";
  const Result<Rows> rows = reader.QueryUserObjects(
      kPgPublication, "SELECT oid, pubname, puballtables, pubinsert, pubupdate, pubdelete, pubtruncate, pubviaroot, " +
                          generated + " FROM pg_publication");
  if (!rows) return std::unexpected(rows.error());
  for (int i = 0; i < rows->size(); ++i) {
    const Oid oid = rows->Oid(i, 0);
    if (reader.IsExtensionMember(kPgPublication, oid)) continue;
    reader.Add(ObjectId::Of(ObjectKind::kPublication, "", rows->Text(i, 1)),
               Publication{.all_tables = rows->Bool(i, 2),
                           .publishes_insert = rows->Bool(i, 3),
                           .publishes_update = rows->Bool(i, 4),
                           .publishes_delete = rows->Bool(i, 5),
                           .publishes_truncate = rows->Bool(i, 6),
                           .via_partition_root = rows->Bool(i, 7),
                           .generated_columns = std::string(rows->Text(i, 8))},
               {kPgPublication, oid, 0});
  }
  return ReadSchemas(reader);
}

}  // namespace schemadiff
