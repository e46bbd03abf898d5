#include "catalog/reader.h"

namespace schemadiff {

template <>
Result<void> ReadKind<CompositeType>(Reader& reader) {
  const Result<Rows> rows = reader.QueryUserObjects(
      kPgType,
      "SELECT c.oid, c.relnamespace, c.relname, c.reltype, t.typarray FROM pg_class c JOIN pg_type t ON t.oid = "
      "c.reltype"
      " WHERE c.relkind = 'c' AND " +
          reader.Scope("c.relnamespace"));
  if (!rows) return std::unexpected(rows.error());
  for (int i = 0; i < rows->size(); ++i) {
    const Oid oid = rows->Oid(i, 0);
    if (reader.IsExtensionMember(kPgClass, oid) || reader.IsExtensionMember(kPgType, rows->Oid(i, 3))) continue;
    const ObjectId id =
        ObjectId::Of(ObjectKind::kCompositeType, reader.NamespaceName(rows->Oid(i, 1)), rows->Text(i, 2));
    reader.Add(id, CompositeType{}, {kPgClass, oid, 0});
    reader.Bind({kPgType, rows->Oid(i, 3), 0}, id);
    reader.Bind({kPgType, rows->Oid(i, 4), 0}, id);
  }
  const Result<Rows> attributes = reader.QueryUserObjects(
      kPgType,
      "SELECT a.attrelid, a.attname, format_type(a.atttypid, a.atttypmod),"
      " CASE WHEN a.attcollation <> t.typcollation THEN a.attcollation::regcollation::text END, a.attnum"
      " FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_type t ON t.oid = a.atttypid"
      " WHERE c.relkind = 'c' AND a.attnum > 0 AND NOT a.attisdropped AND " +
          reader.Scope("c.relnamespace") + " ORDER BY a.attrelid, a.attnum");
  if (!attributes) return std::unexpected(attributes.error());
  for (int i = 0; i < attributes->size(); ++i) {
    reader.SetColumnName(attributes->Oid(i, 0), static_cast<int>(attributes->Int(i, 4)), attributes->Text(i, 1));
    Object* object = reader.schema().Find(reader.Relation(attributes->Oid(i, 0)));
    if (object == nullptr) continue;
    object->As<CompositeType>().attributes.push_back({.name = std::string(attributes->Text(i, 1)),
                                                      .type = {std::string(attributes->Text(i, 2))},
                                                      .collation = std::string(attributes->Text(i, 3))});
  }
  return {};
}

}  // namespace schemadiff
