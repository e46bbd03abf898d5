#include "catalog/names.h"
#include "catalog/reader.h"

namespace schemadiff {
namespace {

std::string AlignmentOf(std::string_view letter) {
  if (letter == "c") return "char";
  if (letter == "s") return "int2";
  return letter == "d" ? "double" : "int4";
}

std::string StorageOf(std::string_view letter) {
  if (letter == "e") return "external";
  if (letter == "x") return "extended";
  return letter == "m" ? "main" : "plain";
}

BaseType ReadBaseType(const Rows& rows, int row) {
  BaseType type{.shell = !rows.Bool(row, 4)};
  if (type.shell) return type;
  const auto text = [&](int column) { return std::string(rows.Text(row, column)); };
  type.input = text(5);
  type.output = text(6);
  type.receive = text(7);
  type.send = text(8);
  type.typmod_in = text(9);
  type.typmod_out = text(10);
  type.analyze = text(11);
  type.subscript = text(12);
  type.length = rows.Int(row, 13);
  type.by_value = rows.Bool(row, 14);
  type.alignment = AlignmentOf(rows.Text(row, 15));
  type.storage = StorageOf(rows.Text(row, 16));
  type.category = text(17);
  type.preferred = rows.Bool(row, 18);
  if (!rows.IsNull(row, 19)) type.default_value = text(19);
  type.element = {text(20)};
  type.delimiter = text(21);
  type.collatable = rows.Bool(row, 22);
  return type;
}

}  // namespace

// Array types are their elements' own; a shell is a pseudo-type that is not defined.
template <>
Result<void> ReadKind<BaseType>(Reader& reader) {
  std::string functions;
  for (const std::string_view column :
       {"typinput", "typoutput", "typreceive", "typsend", "typmodin", "typmodout", "typanalyze", "typsubscript"}) {
    functions += RoutineNameSql("t." + std::string(column)) + ", ";
  }
  const Result<Rows> rows = reader.QueryUserObjects(
      kPgType, "SELECT t.oid, t.typnamespace, t.typname, t.typarray, t.typisdefined, " + functions +
                   "t.typlen, t.typbyval, t.typalign, t.typstorage, t.typcategory, t.typispreferred, t.typdefault,"
                   " CASE WHEN t.typelem <> 0 THEN format_type(t.typelem, NULL) END, t.typdelim, t.typcollation <> 0"
                   " FROM pg_type t LEFT JOIN pg_type e ON e.typarray = t.oid"
                   " WHERE e.oid IS NULL AND (t.typtype = 'b' OR NOT t.typisdefined) AND " +
                   reader.Scope("t.typnamespace"));
  if (!rows) return std::unexpected(rows.error());
  for (int i = 0; i < rows->size(); ++i) {
    const Oid oid = rows->Oid(i, 0);
    if (reader.IsExtensionMember(kPgType, oid)) continue;
    const ObjectId id = ObjectId::Of(ObjectKind::kBaseType, reader.NamespaceName(rows->Oid(i, 1)), rows->Text(i, 2));
    reader.Add(id, ReadBaseType(*rows, i), {kPgType, oid, 0});
    reader.Bind({kPgType, rows->Oid(i, 3), 0}, id);
  }
  return {};
}

}  // namespace schemadiff
