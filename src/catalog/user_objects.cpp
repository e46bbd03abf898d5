#include "catalog/user_objects.h"

#include <fmt/format.h>

#include "catalog/reader.h"
#include "model/own_schema.h"

namespace schemadiff {
namespace {

// A catalog whose rows are objects that stand alone. What is part of them (indexes, constraints, row and array types,
// the operators of a family) is read with them and has no owner of its own.
struct ObjectCatalog {
  std::string_view name;
  std::string_view condition = "true";
  std::string_view schema = {};  ///< The column that holds it: what stands in pg_temp is nobody's declaration.
  std::string_view oids = "array_agg(oid), NULL";  ///< Those of its objects, and those of types.
};
constexpr ObjectCatalog kCatalogs[] = {
    // What tells composite types from tables' row types stands here.
    {"pg_class", "relkind NOT IN ('i', 'I', 't')", "relnamespace",
     "array_agg(oid) FILTER (WHERE relkind <> 'c'), array_agg(reltype) FILTER (WHERE relkind = 'c')"},
    {"pg_type", "typrelid = 0 AND typcategory <> 'A' AND typtype <> 'm'", "typnamespace"},
    {"pg_proc", "true", "pronamespace"},
    {"pg_namespace", "nspname !~ '^pg_'", "oid"},
    {"pg_extension"},
    {"pg_language"},
    {"pg_am"},
    // A range type brings the cast to its multirange along.
    {"pg_cast",
     "NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_cast'::regclass AND d.objid = pg_cast.oid"
     " AND d.deptype = 'i')"},
    {"pg_transform"},
    {"pg_operator", "oprcode <> 0"},
    {"pg_opfamily"},
    {"pg_opclass"},
    {"pg_collation"},
    {"pg_conversion"},
    {"pg_statistic_ext"},
    {"pg_ts_parser"},
    {"pg_ts_template"},
    {"pg_ts_dict"},
    {"pg_ts_config"},
    {"pg_foreign_data_wrapper"},
    {"pg_foreign_server"},
    {"pg_event_trigger"},
    {"pg_publication"},
    {"pg_subscription", "subdbid = (SELECT oid FROM pg_database WHERE datname = current_database())"},
};

std::string Query(bool own_schema) {
  std::string sql;
  for (const ObjectCatalog& catalog : kCatalogs) {
    sql += fmt::format("{}SELECT '{}'::regclass::oid, {} FROM {} WHERE oid >= 16384 AND {}",
                       sql.empty() ? "" : " UNION ALL ", catalog.name, catalog.oids, catalog.name, catalog.condition);
    if (!catalog.schema.empty()) {
      sql += fmt::format(" AND {} NOT IN (SELECT oid FROM pg_namespace WHERE nspname ~ '^pg_(toast|temp)'{})",
                         catalog.schema, own_schema ? "" : fmt::format(" OR nspname = '{}'", kOwnSchema));
    }
  }
  return sql;
}

}  // namespace

Result<UserObjects> ReadUserObjects(Connection& connection, bool own_schema) {
  const Result<Rows> rows = connection.Query(Query(own_schema));
  if (!rows) return std::unexpected(rows.error());
  UserObjects objects;
  for (int i = 0; i < rows->size(); ++i) {
    std::vector<Oid>& oids = objects[rows->Oid(i, 0)];
    for (const std::string& element : rows->Array(i, 1)) oids.push_back(ToOid(element));
    for (const std::string& element : rows->Array(i, 2)) objects[kPgType].push_back(ToOid(element));
  }
  return objects;
}

}  // namespace schemadiff
