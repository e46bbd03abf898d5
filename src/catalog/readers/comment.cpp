#include "catalog/reader.h"

namespace schemadiff {

// Last of all, and security labels with them: what they are on is found by its address. The schema public and plpgsql
// are there from the start.
template <>
Result<void> ReadKind<Comment>(Reader& reader) {
  const Result<Rows> rows = reader.Query(
      "SELECT classoid, objoid, objsubid, description, NULL FROM pg_description WHERE objoid >= 16384"
      // The schema public and plpgsql are there from the start.
      " OR classoid IN ('pg_namespace'::regclass, 'pg_extension'::regclass)"
      " UNION ALL SELECT classoid, objoid, 0, description, NULL FROM pg_shdescription"
      " WHERE classoid IN ('pg_authid'::regclass, 'pg_database'::regclass)"
      " UNION ALL SELECT classoid, objoid, objsubid, label, provider FROM pg_seclabel"
      " UNION ALL SELECT classoid, objoid, 0, label, provider FROM pg_shseclabel");
  if (!rows) return std::unexpected(rows.error());
  for (int i = 0; i < rows->size(); ++i) {
    const Oid catalog = rows->Oid(i, 0);
    const Oid object = rows->Oid(i, 1);
    const auto sub_object = static_cast<std::int32_t>(rows->Int(i, 2));
    ObjectId parent = reader.At({catalog, object, sub_object});
    if (!parent && catalog == kPgClass && sub_object != 0) {
      // Columns of views, and inherited ones, are no objects of their own, but take comments.
      const ObjectId relation = reader.Relation(object);
      if (relation && !reader.ColumnName(object, sub_object).empty()) {
        parent = ObjectId::Member(ObjectKind::kColumn, relation, reader.ColumnName(object, sub_object));
      }
    }
    if (!parent) continue;
    std::string text(rows->Text(i, 3));
    if (rows->IsNull(i, 4)) {
      reader.schema().Add({.id = ObjectId::Member(ObjectKind::kComment, parent, ""), .attributes = Comment{text}});
    } else {
      reader.schema().Add({.id = ObjectId::Member(ObjectKind::kSecurityLabel, parent, rows->Text(i, 4)),
                           .attributes = SecurityLabel{text}});
    }
  }
  return {};
}

}  // namespace schemadiff
