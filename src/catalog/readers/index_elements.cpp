#include "catalog/readers/index_elements.h"

#include <algorithm>
#include <set>

#include "catalog/column_references.h"
#include "catalog/names.h"
#include "support/quote.h"

namespace schemadiff {

namespace {

// What keys have of their own, `number option`, with the statistics target as an option without a name; before the
// options, `number .class`, since a class that has some is named even where it is the default
// (src/backend/utils/adt/ruleutils.c, pg_get_indexdef_worker()). Only expressions have a target, and options only those
// whose access method takes them (403 is btree, 5 its support function for that).
std::string OwnOfKeys() {
  return "CASE WHEN i.indexprs IS NOT NULL OR x.relam <> 403 OR (SELECT EXISTS (SELECT FROM pg_amproc p"
         "  JOIN pg_opfamily f ON f.oid = p.amprocfamily WHERE f.opfmethod = 403 AND p.amprocnum = 5))"
         " THEN (SELECT array_agg(a.attnum || ' ' || own) FROM pg_attribute a,"
         "  unnest(CASE WHEN a.attoptions IS NOT NULL THEN '.' || " +
         OperatorClassNameSql("i.indclass[a.attnum - 1]") +
         " END || a.attoptions || CASE WHEN a.attstattarget >= 0 THEN '=' || a.attstattarget END) own"
         "  WHERE a.attrelid = i.indexrelid AND a.attnum BETWEEN 1 AND i.indnkeyatts AND own IS NOT NULL) END";
}

void AddOwnOfKeys(IndexRow& index, const std::vector<std::string>& elements) {
  for (const std::string& element : elements) {
    const int number = std::stoi(element);
    const std::string own = element.substr(element.find(' ') + 1);
    IndexElement& key = index.elements.at(static_cast<std::size_t>(number) - 1);
    if (own.starts_with('=')) {
      index.statistics[std::to_string(number)] = own.substr(1);
    } else if (own.starts_with('.')) {
      key.operator_class = own.substr(1);
    } else {
      AddOptions(key.operator_class_options, {own});
    }
  }
}

}  // namespace

// The raw vectors; pg_get_indexdef() is asked only where there are expressions.
std::string IndexColumns() {
  return " i.indkey, i.indnkeyatts, i.indoption,"
         " CASE WHEN i.indexprs IS NOT NULL THEN (SELECT array_agg(CASE WHEN i.indkey[n] = 0"
         "  THEN pg_get_indexdef(i.indexrelid, n + 1, false) ELSE '' END ORDER BY n)"
         "  FROM generate_series(0, i.indnkeyatts - 1) n) END,"
         " i.indclass, i.indcollation, " +
         AccessMethodNameSql("x.relam") + ", x.reloptions, " + TablespaceNameSql("x.reltablespace") + ", i.indrelid, " +
         ExpressionText("i.indpred", "i.indrelid", LenderOfAll("c.relnatts")) + ", " + OwnOfKeys();
}

std::string_view IndexTables() {
  return " FROM pg_index i JOIN pg_class x ON x.oid = i.indexrelid JOIN pg_class c ON c.oid = i.indrelid";
}

// Which class is the default may change with the plan, unless it is an extension's.
std::string OperatorClassesQuery() {
  return "SELECT o.oid, CASE WHEN o.opcnamespace = 'pg_catalog'::regnamespace THEN ''"
         " ELSE quote_ident(s.nspname) || '.' END || quote_ident(o.opcname)"
         " FROM pg_opclass o JOIN pg_namespace s ON s.oid = o.opcnamespace"
         " WHERE NOT o.opcdefault OR (o.oid >= 16384 AND NOT EXISTS (SELECT FROM pg_depend d"
         "  WHERE d.classid = 'pg_opclass'::regclass AND d.objid = o.oid AND d.deptype = 'e'))";
}

// An index's collations are told from its columns': 100 is the default collation, 0 is none. Few have another.
Result<IndexNames> ReadIndexNames(Reader& reader, const Rows& operator_classes, const Rows& rows) {
  IndexNames names;
  for (int i = 0; i < operator_classes.size(); ++i) {
    names.operator_classes.emplace(operator_classes.Text(i, 0), operator_classes.Text(i, 1));
  }
  std::set<std::string> own;
  for (int i = 0; i < rows.size(); ++i) {
    for (std::string& collation : SplitVector(rows.Text(i, 5))) {
      if (collation != "0" && collation != "100") own.insert(std::move(collation));
    }
  }
  names.collations.emplace("100", "\"default\"");
  if (own.empty()) return names;
  const Result<Rows> collations =
      reader.Query("SELECT oid, oid::regcollation FROM pg_collation WHERE oid IN (" + Join(own, ", ") + ")");
  if (!collations) return std::unexpected(collations.error());
  for (int i = 0; i < collations->size(); ++i) names.collations.emplace(collations->Text(i, 0), collations->Text(i, 1));
  return names;
}

IndexRow ReadIndexRow(const Reader& reader, const IndexNames& names, const Rows& rows, int row, Oid relation) {
  IndexRow index{.predicate = {TextWithColumns(reader, relation, rows, row, 10)},
                 .access_method = std::string(rows.IsNull(row, 6) ? "btree" : rows.Text(row, 6)),
                 .tablespace = std::string(rows.Text(row, 8))};
  const std::vector<std::string> keys = SplitVector(rows.Text(row, 0));
  const auto key_count = static_cast<std::size_t>(rows.Int(row, 1));
  const std::vector<std::string> flags = SplitVector(rows.Text(row, 2));
  const std::vector<std::string> expressions = rows.Array(row, 3);
  const std::vector<std::string> classes = SplitVector(rows.Text(row, 4));
  const std::vector<std::string> collations = SplitVector(rows.Text(row, 5));
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
    if (const auto found = names.operator_classes.find(i < classes.size() ? classes[i] : "");
        found != names.operator_classes.end()) {
      element.operator_class = found->second;
    }
    if (i < collations.size() && collations[i] != "0" &&
        collations[i] != reader.CollationOf(relation, std::stoi(keys[i]))) {
      if (const auto found = names.collations.find(collations[i]); found != names.collations.end()) {
        element.collation = found->second;
      }
    }
    const int flag = i < flags.size() ? std::stoi(flags[i]) : 0;  // INDOPTION_DESC = 1, INDOPTION_NULLS_FIRST = 2
    element.descending = (flag & 1) != 0;
    element.nulls_first = (flag & 2) != 0;
    index.elements.push_back(std::move(element));
  }
  AddOwnOfKeys(index, rows.Array(row, 12));
  AddOptions(index.options, rows.Array(row, 7));
  return index;
}

}  // namespace schemadiff
