#include "catalog/names.h"
#include "catalog/reader.h"

namespace schemadiff {
namespace {

std::string QueryText(std::string_view text) {
  const auto begin = text.find_first_not_of(" \n");
  if (begin == std::string_view::npos) return {};
  text.remove_prefix(begin);
  if (text.ends_with(';')) text.remove_suffix(1);
  return std::string(text);
}

Result<void> ReadOutputs(Reader& reader) {
  const Result<Rows> rows = reader.Query(
      "SELECT a.attrelid, a.attnum, a.attname, format_type(a.atttypid, a.atttypmod),"
      " CASE WHEN a.attcollation <> 0 THEN a.attcollation::regcollation::text END, a.attacl,"
      " pg_get_expr(d.adbin, 0), d.oid, CASE WHEN a.attcollation NOT IN (0, 100) THEN a.attcollation END"
      " FROM pg_attribute a"
      " LEFT JOIN pg_attrdef d ON a.atthasdef AND d.adrelid = a.attrelid AND d.adnum = a.attnum"
      " WHERE " +
      reader.OfRelations("a.attrelid", "'v', 'm'") +
      " AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attrelid, a.attnum");
  if (!rows) return std::unexpected(rows.error());
  for (int i = 0; i < rows->size(); ++i) {
    reader.SetColumnName(rows->Oid(i, 0), static_cast<int>(rows->Int(i, 1)), rows->Text(i, 2));
    if (!rows->IsNull(i, 8)) reader.SetCollation(rows->Oid(i, 0), static_cast<int>(rows->Int(i, 1)), rows->Text(i, 8));
    if (!rows->IsNull(i, 5)) {
      reader.KeepColumnAcl({rows->Oid(i, 0), static_cast<int>(rows->Int(i, 1)), rows->Array(i, 5)});
    }
    Object* object = reader.schema().Find(reader.Relation(rows->Oid(i, 0)));
    if (object == nullptr || object->If<View>() == nullptr) continue;
    object->As<View>().output.push_back({.name = std::string(rows->Text(i, 2)),
                                         .type = {std::string(rows->Text(i, 3))},
                                         .collation = std::string(rows->Text(i, 4))});
    if (rows->IsNull(i, 6)) continue;
    const ObjectId column = ObjectId::Member(ObjectKind::kColumn, object->id, rows->Text(i, 2));
    reader.Add(ObjectId::Member(ObjectKind::kColumnDefault, column, ""), ColumnDefault{{std::string(rows->Text(i, 6))}},
               {kPgAttrdef, rows->Oid(i, 7), 0});
  }
  return {};
}

}  // namespace

// Views and materialized views in one query: pg_get_viewdef() serves both.
template <>
Result<void> ReadKind<View>(Reader& reader) {
  const Result<Rows> rows = reader.Query(
      "SELECT c.oid, c.relnamespace, c.relname, c.reltype, t.typarray, c.relkind, pg_get_viewdef(c.oid), c.reloptions,"
      " c.relispopulated, " +
      AccessMethodNameSql("c.relam") + ", " + TablespaceNameSql("c.reltablespace") +
      ", r.oid FROM pg_class c JOIN pg_type t ON t.oid = c.reltype"
      " LEFT JOIN pg_rewrite r ON r.ev_class = c.oid AND r.rulename = '_RETURN'"
      " WHERE c.relkind IN ('v', 'm') AND " +
      reader.Scope("c.relnamespace"));
  if (!rows) return std::unexpected(rows.error());
  for (int i = 0; i < rows->size(); ++i) {
    const Oid oid = rows->Oid(i, 0);
    if (reader.IsExtensionMember(kPgClass, oid)) continue;
    const bool materialized = rows->Text(i, 5) == "m";
    const ObjectId id = ObjectId::Of(materialized ? ObjectKind::kMaterializedView : ObjectKind::kView,
                                     reader.NamespaceName(rows->Oid(i, 1)), rows->Text(i, 2));
    Options options;
    AddOptions(options, rows->Array(i, 7));
    Expression query{QueryText(rows->Text(i, 6))};
    if (materialized) {
      reader.Add(id,
                 MaterializedView{.query = std::move(query),
                                  .access_method = std::string(rows->Text(i, 9)),
                                  .tablespace = std::string(rows->Text(i, 10)),
                                  .options = std::move(options),
                                  .populated = rows->Bool(i, 8)},
                 {kPgClass, oid, 0});
    } else {
      reader.Add(id, View{.query = std::move(query), .options = std::move(options)}, {kPgClass, oid, 0});
    }
    reader.Bind({kPgType, rows->Oid(i, 3), 0}, id);
    reader.Bind({kPgType, rows->Oid(i, 4), 0}, id);
    reader.Bind({kPgRewrite, rows->Oid(i, 11), 0}, id);
  }
  return ReadOutputs(reader);
}

// Read with the views.
template <>
Result<void> ReadKind<MaterializedView>(Reader&) {
  return {};
}

}  // namespace schemadiff
