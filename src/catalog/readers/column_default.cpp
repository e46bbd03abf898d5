#include "catalog/reader.h"

namespace schemadiff {
namespace {

struct DefaultText {
  ObjectId column;
  std::string text;
  Address address;        // The default's.
  ObjectId parents = {};  // The topmost parent's column, where the column comes from it.
};

// An inherited column's default is a fact only where it differs from its parent's.
void AddDefaults(Reader& reader, const std::vector<DefaultText>& defaults) {
  std::unordered_map<ObjectId, std::string_view> texts;
  if (!reader.catalog().bindings->inherited.empty()) {
    for (const DefaultText& value : defaults) texts.emplace(value.column, value.text);
  }
  for (const auto& [column, text, address, parents] : defaults) {
    const auto inherited = parents ? texts.find(parents) : texts.end();
    if (inherited != texts.end() && inherited->second == text) continue;
    reader.Add(ObjectId::Member(ObjectKind::kColumnDefault, column, ""), ColumnDefault{{text}}, address);
  }
}

}  // namespace

// What a generated column is made of stands with the defaults. Without a relation the text is made several times
// faster; what mentions columns, as only that does, cannot do without.
template <>
Result<void> ReadKind<ColumnDefault>(Reader& reader) {
  const Result<Rows> rows = reader.Query(
      "SELECT adrelid, adnum, oid,"
      " pg_get_expr(adbin, CASE WHEN strpos(adbin::text, '{VAR ') > 0 THEN adrelid ELSE 0 END) FROM pg_attrdef WHERE " +
      reader.OfTables("adrelid"));
  if (!rows) return std::unexpected(rows.error());
  const auto& inherited = reader.catalog().bindings->inherited;
  std::vector<DefaultText> defaults;
  for (int i = 0; i < rows->size(); ++i) {
    const Address address{kPgClass, rows->Oid(i, 0), static_cast<std::int32_t>(rows->Int(i, 1))};
    const ObjectId id = reader.At(address);
    if (!id) continue;
    std::string text(rows->Text(i, 3));
    const Address own{kPgAttrdef, rows->Oid(i, 2), 0};
    auto& column = reader.schema().Find(id)->As<Column>();
    if (column.generated != Column::Generated::kNone) {
      column.generation_expression = {std::move(text)};
      reader.Bind(own, id);
      continue;
    }
    const auto parents = inherited.find(address);
    defaults.push_back({id, std::move(text), own, parents == inherited.end() ? ObjectId() : parents->second});
  }
  AddDefaults(reader, defaults);
  return {};
}

}  // namespace schemadiff
