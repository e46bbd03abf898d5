#include "catalog/readers/index_elements.h"

#include <algorithm>

namespace schemadiff {

// Expressions, and what differs from the default of collation, operator class and its options, come as arrays with one
// element per key; pg_get_indexdef() is asked only where there are expressions.
std::string IndexColumns(int) {
  return " i.indkey, i.indnkeyatts, i.indoption,"
         " CASE WHEN i.indexprs IS NOT NULL THEN (SELECT array_agg(CASE WHEN i.indkey[n] = 0"
         "  THEN pg_get_indexdef(i.indexrelid, n + 1, false) ELSE '' END ORDER BY n)"
         "  FROM generate_series(0, i.indnkeyatts - 1) n) END,"
         " (SELECT array_agg(CASE WHEN o.opcdefault THEN '' ELSE"
         "   CASE WHEN o.opcnamespace = 'pg_catalog'::regnamespace THEN '' ELSE quote_ident(s.nspname) || '.' END"
         "   || quote_ident(o.opcname) END ORDER BY k.n)"
         "  FROM unnest(i.indclass::oid[]) WITH ORDINALITY k(c, n) JOIN pg_opclass o ON o.oid = k.c"
         "  JOIN pg_namespace s ON s.oid = o.opcnamespace HAVING bool_or(NOT o.opcdefault)),"
         " (SELECT array_agg(CASE WHEN k.c = 0 OR k.c = coalesce(a.attcollation, 100) THEN ''"
         "   ELSE k.c::regcollation::text END ORDER BY k.n)"
         "  FROM unnest(i.indcollation::oid[]) WITH ORDINALITY k(c, n)"
         "  LEFT JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = i.indkey[k.n - 1] AND a.attnum <> 0"
         "  HAVING bool_or(k.c <> 0 AND k.c <> coalesce(a.attcollation, 100))),"
         " (SELECT array_agg(a.attnum || ':' || array_to_string(a.attoptions, ','))"
         "  FROM pg_attribute a WHERE a.attrelid = i.indexrelid AND a.attoptions IS NOT NULL),"
         " pg_get_expr(i.indpred, i.indrelid), m.amname, x.reloptions, ts.spcname, i.indrelid";
}

std::string_view IndexTables() {
  return " FROM pg_index i JOIN pg_class x ON x.oid = i.indexrelid JOIN pg_class c ON c.oid = i.indrelid"
         " JOIN pg_am m ON m.oid = x.relam LEFT JOIN pg_tablespace ts ON ts.oid = x.reltablespace";
}

IndexRow ReadIndexRow(const Reader& reader, const Rows& rows, int row, int first, Oid relation) {
  IndexRow index{.predicate = {std::string(rows.Text(row, first + 7))},
                 .access_method = std::string(rows.Text(row, first + 8)),
                 .tablespace = std::string(rows.Text(row, first + 10))};
  const std::vector<std::string> keys = SplitVector(rows.Text(row, first));
  const auto key_count = static_cast<std::size_t>(rows.Int(row, first + 1));
  const std::vector<std::string> flags = SplitVector(rows.Text(row, first + 2));
  const std::vector<std::string> expressions = rows.Array(row, first + 3);
  const std::vector<std::string> classes = rows.Array(row, first + 4);
  const std::vector<std::string> collations = rows.Array(row, first + 5);
  for (std::size_t i = 0; i < keys.size(); ++i) {
    if (i >= key_count) {
      index.include.push_back(reader.ColumnName(relation, std::stoi(keys[i])));
      continue;
    }
    IndexElement element;
    if (keys[i] == "0") {
      element.expression.sql = i < expressions.size() ? expressions[i] : std::string();
      std::string& text = element.expression.sql;
      if (text.starts_with('(') && text.ends_with(')')) text = text.substr(1, text.size() - 2);
    } else {
      element.column = reader.ColumnName(relation, std::stoi(keys[i]));
    }
    if (i < classes.size()) element.operator_class = classes[i];
    if (i < collations.size()) element.collation = collations[i];
    const int flag = i < flags.size() ? std::stoi(flags[i]) : 0;  // INDOPTION_DESC = 1, INDOPTION_NULLS_FIRST = 2
    element.descending = (flag & 1) != 0;
    element.nulls_first = (flag & 2) != 0;
    index.elements.push_back(std::move(element));
  }
  for (const std::string& entry : rows.Array(row, first + 6)) {
    const std::size_t colon = entry.find(':');
    const auto position = static_cast<std::size_t>(std::stoi(entry.substr(0, colon)));
    if (position == 0 || position > index.elements.size()) continue;
    AddOptions(index.elements[position - 1].operator_class_options, {entry.substr(colon + 1)});
  }
  AddOptions(index.options, rows.Array(row, first + 9));
  return index;
}

}  // namespace schemadiff
