#include "planner/rules/index_sql.h"

#include <fmt/format.h>

#include "planner/sql.h"
#include "support/quote.h"

namespace schemadiff {

std::string CreateIndexSql(ObjectId table, const std::string& name, const Index& index, bool concurrently, bool only) {
  std::string sql = fmt::format("CREATE {}INDEX {}{} ON {}{} USING {} ({})", index.unique ? "UNIQUE " : "",
                                concurrently ? "CONCURRENTLY " : "", QuoteIdentifier(name), only ? "ONLY " : "",
                                RelationName(table), index.access_method, IndexElementList(index.elements));
  if (!index.include.empty()) sql += " INCLUDE (" + ColumnList(index.include) + ")";
  if (index.nulls_not_distinct) sql += " NULLS NOT DISTINCT";
  sql += WithOptions(index.options);
  if (!index.tablespace.empty()) sql += " TABLESPACE " + QuoteIdentifier(index.tablespace);
  if (index.predicate) sql += " WHERE " + index.predicate.Text();
  return sql;
}

}  // namespace schemadiff
