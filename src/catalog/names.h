// SQL expressions for names that the catalogs hold as OIDs, spelled as the parser spells references: qualified and
// quoted, without the schema where that is pg_catalog. NULL for 0. reg* types do not do: they qualify what is
// overloaded.
#pragma once

#include <string>
#include <string_view>

namespace schemadiff {

std::string RoutineNameSql(std::string_view oid);
/// Always qualified.
std::string QualifiedRoutineNameSql(std::string_view oid);
std::string CollationNameSql(std::string_view oid);
std::string OperatorClassNameSql(std::string_view oid);
/// Always qualified, never quoted: `pg_catalog.<`.
std::string OperatorNameSql(std::string_view oid);
std::string OperatorFamilyNameSql(std::string_view oid);
std::string TextSearchParserNameSql(std::string_view oid);
std::string TextSearchTemplateNameSql(std::string_view oid);
std::string TextSearchDictionaryNameSql(std::string_view oid);
/// Never quoted. NULL for 0, and for what nearly all relations have: the methods heap and btree, the database's
/// tablespace. That costs the server less than a join.
std::string AccessMethodNameSql(std::string_view oid);
std::string TablespaceNameSql(std::string_view oid);
/// A routine with its argument types: `app.add(integer, integer)`.
std::string SignatureSql(std::string_view oid);
/// format_type() of each element of an oidvector or oid[], joined as in identities; an empty text for none.
std::string TypeListSql(std::string_view oids);

}  // namespace schemadiff
