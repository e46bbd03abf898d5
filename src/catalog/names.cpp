#include "catalog/names.h"

#include <fmt/format.h>

namespace schemadiff {
namespace {

// 11 is the namespace pg_catalog: src/include/catalog/pg_namespace.dat.
std::string NameSql(std::string_view catalog, std::string_view prefix, std::string_view oid) {
  return fmt::format(
      "(SELECT CASE WHEN x.{1}namespace = 11 THEN '' ELSE quote_ident(s.nspname) || '.' END || quote_ident(x.{1}name)"
      " FROM {0} x JOIN pg_namespace s ON s.oid = x.{1}namespace WHERE x.oid = {2})",
      catalog, prefix, oid);
}

}  // namespace

std::string RoutineNameSql(std::string_view oid) { return NameSql("pg_proc", "pro", oid); }
std::string CollationNameSql(std::string_view oid) { return NameSql("pg_collation", "coll", oid); }
std::string OperatorClassNameSql(std::string_view oid) { return NameSql("pg_opclass", "opc", oid); }

std::string TextSearchParserNameSql(std::string_view oid) { return NameSql("pg_ts_parser", "prs", oid); }
std::string TextSearchTemplateNameSql(std::string_view oid) { return NameSql("pg_ts_template", "tmpl", oid); }
std::string TextSearchDictionaryNameSql(std::string_view oid) { return NameSql("pg_ts_dict", "dict", oid); }

std::string OperatorFamilyNameSql(std::string_view oid) { return NameSql("pg_opfamily", "opf", oid); }

// 2 is heap and 403 is btree: src/include/catalog/pg_am.dat.
std::string AccessMethodNameSql(std::string_view oid) {
  return fmt::format(
      "CASE WHEN {0} NOT IN (0, 2, 403) THEN (SELECT amname FROM pg_am method WHERE method.oid = {0}) END", oid);
}

std::string TablespaceNameSql(std::string_view oid) {
  return fmt::format("CASE WHEN {0} <> 0 THEN (SELECT spcname FROM pg_tablespace space WHERE space.oid = {0}) END",
                     oid);
}

std::string QualifiedRoutineNameSql(std::string_view oid) {
  return fmt::format(
      "(SELECT quote_ident(s.nspname) || '.' || quote_ident(x.proname) FROM pg_proc x"
      " JOIN pg_namespace s ON s.oid = x.pronamespace WHERE x.oid = {})",
      oid);
}

std::string SignatureSql(std::string_view oid) {
  return fmt::format("({} || '(' || (SELECT {} FROM pg_proc y WHERE y.oid = {}) || ')')", RoutineNameSql(oid),
                     TypeListSql("y.proargtypes"), oid);
}

std::string OperatorNameSql(std::string_view oid) {
  return fmt::format(
      "(SELECT quote_ident(s.nspname) || '.' || x.oprname FROM pg_operator x"
      " JOIN pg_namespace s ON s.oid = x.oprnamespace WHERE x.oid = {})",
      oid);
}

std::string TypeListSql(std::string_view oids) {
  return fmt::format(
      "coalesce((SELECT string_agg(format_type(x.t, NULL), ', ' ORDER BY x.n)"
      " FROM unnest({}::oid[]) WITH ORDINALITY x (t, n)), '')",
      oids);
}

}  // namespace schemadiff
