#include "catalog/names.h"
#include "catalog/readers/text_search.h"

namespace schemadiff {

Result<void> ReadTextSearchMappings(Reader& reader) {
  const Result<Rows> rows = reader.Query(
      "SELECT m.mapcfg, t.alias, array_agg(" + TextSearchDictionaryNameSql("m.mapdict") +
      " ORDER BY m.mapseqno) FROM pg_ts_config c JOIN pg_ts_config_map m ON m.mapcfg = c.oid"
      " JOIN LATERAL ts_token_type(c.cfgparser) t ON t.tokid = m.maptokentype WHERE " +
      reader.Scope("c.cfgnamespace") + " GROUP BY m.mapcfg, t.alias ORDER BY m.mapcfg, t.alias COLLATE \"C\"");
  if (!rows) return std::unexpected(rows.error());
  for (int i = 0; i < rows->size(); ++i) {
    const ObjectId id = reader.At({kPgTsConfig, rows->Oid(i, 0), 0});
    if (!id) continue;
    reader.schema().Find(id)->As<TextSearchConfiguration>().mappings.push_back(
        {.token = std::string(rows->Text(i, 1)), .dictionaries = rows->Array(i, 2)});
  }
  return {};
}

// Read with the parsers.
template <>
Result<void> ReadKind<TextSearchConfiguration>(Reader&) {
  return {};
}

}  // namespace schemadiff
