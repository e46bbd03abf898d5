#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "catalog/dictionary_options.h"
#include "catalog/names.h"
#include "catalog/reader.h"
#include "catalog/readers/text_search.h"

namespace schemadiff {
namespace {

// One query for four small catalogs: which it is, the object, up to five texts.
std::string AllQuery(const Reader& reader) {
  const auto from = [&](std::string_view which, std::string_view catalog, std::string_view prefix,
                        const std::vector<std::string>& texts) {
    return fmt::format("SELECT '{0}', oid, {1}namespace, {1}name, {2} FROM {3} WHERE {4}", which, prefix,
                       fmt::join(texts, ", "), catalog, reader.Scope(fmt::format("{}namespace", prefix)));
  };
  return from("p", "pg_ts_parser", "prs",
              {QualifiedRoutineNameSql("prsstart"), QualifiedRoutineNameSql("prstoken"),
               QualifiedRoutineNameSql("prsend"), QualifiedRoutineNameSql("prsheadline"),
               QualifiedRoutineNameSql("prslextype")}) +
         " UNION ALL " +
         from("t", "pg_ts_template", "tmpl",
              {QualifiedRoutineNameSql("tmplinit"), QualifiedRoutineNameSql("tmpllexize"), "NULL", "NULL", "NULL"}) +
         " UNION ALL " +
         from("d", "pg_ts_dict", "dict",
              {TextSearchTemplateNameSql("dicttemplate"), "dictinitoption", "NULL", "NULL", "NULL"}) +
         " UNION ALL " +
         from("c", "pg_ts_config", "cfg", {TextSearchParserNameSql("cfgparser"), "NULL", "NULL", "NULL", "NULL"});
}

Attributes AttributesOf(std::string_view which, const Rows& rows, int row) {
  const auto text = [&](int column) { return std::string(rows.Text(row, 4 + column)); };
  if (which == "p") {
    return TextSearchParser{
        .start = text(0), .get_token = text(1), .end = text(2), .headline = text(3), .lex_types = text(4)};
  }
  if (which == "t") return TextSearchTemplate{.init = text(0), .lexize = text(1)};
  if (which == "d") return TextSearchDictionary{.used_template = text(0), .options = DictionaryOptions(text(1))};
  return TextSearchConfiguration{.parser = text(0)};
}

struct Place {
  ObjectKind kind;
  Oid catalog;
};

Place PlaceOf(std::string_view which) {
  if (which == "p") return {ObjectKind::kTextSearchParser, kPgTsParser};
  if (which == "t") return {ObjectKind::kTextSearchTemplate, kPgTsTemplate};
  if (which == "d") return {ObjectKind::kTextSearchDictionary, kPgTsDict};
  return {ObjectKind::kTextSearchConfiguration, kPgTsConfig};
}

}  // namespace

template <>
Result<void> ReadKind<TextSearchParser>(Reader& reader) {
  static constexpr auto kCatalogs = {kPgTsParser, kPgTsTemplate, kPgTsDict, kPgTsConfig};
  if (std::ranges::none_of(kCatalogs, [&](Oid catalog) { return reader.HasUserObjects(catalog); })) return {};
  const Result<Rows> rows = reader.Query(AllQuery(reader));
  if (!rows) return std::unexpected(rows.error());
  bool configured = false;
  for (int i = 0; i < rows->size(); ++i) {
    const std::string_view which = rows->Text(i, 0);
    const Oid oid = rows->Oid(i, 1);
    const Place place = PlaceOf(which);
    if (reader.IsExtensionMember(place.catalog, oid)) continue;
    const ObjectId id = ObjectId::Of(place.kind, reader.NamespaceName(rows->Oid(i, 2)), rows->Text(i, 3));
    reader.Add(id, AttributesOf(which, *rows, i), {place.catalog, oid, 0});
    configured = configured || place.kind == ObjectKind::kTextSearchConfiguration;
  }
  return configured ? ReadTextSearchMappings(reader) : Result<void>();
}

}  // namespace schemadiff
