#include "parser/names.h"

#include <algorithm>
#include <array>

namespace schemadiff {
namespace {

std::string LookupKey(std::string_view schema, std::string_view name) {
  return std::string(schema) + '\0' + std::string(name);
}

constexpr auto kBuiltInTypes = std::to_array<std::string_view>({
    "aclitem",
    "any",
    "anyarray",
    "anycompatible",
    "anycompatiblearray",
    "anycompatiblemultirange",
    "anycompatiblenonarray",
    "anycompatiblerange",
    "anyelement",
    "anyenum",
    "anymultirange",
    "anynonarray",
    "anyrange",
    "bit",
    "bool",
    "box",
    "bpchar",
    "bytea",
    "char",
    "cid",
    "cidr",
    "circle",
    "cstring",
    "date",
    "datemultirange",
    "daterange",
    "event_trigger",
    "fdw_handler",
    "float4",
    "float8",
    "gtsvector",
    "index_am_handler",
    "inet",
    "int2",
    "int2vector",
    "int4",
    "int4multirange",
    "int4range",
    "int8",
    "int8multirange",
    "int8range",
    "internal",
    "interval",
    "json",
    "jsonb",
    "jsonpath",
    "language_handler",
    "line",
    "lseg",
    "macaddr",
    "macaddr8",
    "money",
    "name",
    "numeric",
    "nummultirange",
    "numrange",
    "oid",
    "oidvector",
    "path",
    "pg_brin_bloom_summary",
    "pg_brin_minmax_multi_summary",
    "pg_ddl_command",
    "pg_dependencies",
    "pg_lsn",
    "pg_mcv_list",
    "pg_ndistinct",
    "pg_node_tree",
    "pg_snapshot",
    "point",
    "polygon",
    "record",
    "refcursor",
    "regclass",
    "regcollation",
    "regconfig",
    "regdictionary",
    "regnamespace",
    "regoper",
    "regoperator",
    "regproc",
    "regprocedure",
    "regrole",
    "regtype",
    "table_am_handler",
    "text",
    "tid",
    "time",
    "timestamp",
    "timestamptz",
    "timetz",
    "trigger",
    "tsm_handler",
    "tsmultirange",
    "tsquery",
    "tsrange",
    "tstzmultirange",
    "tstzrange",
    "tsvector",
    "txid_snapshot",
    "unknown",
    "uuid",
    "varbit",
    "varchar",
    "void",
    "xid",
    "xid8",
    "xml",
});

// The languages that PostgreSQL has a stemmer for (manual: "Snowball Dictionary").
constexpr auto kStemmed = std::to_array<std::string_view>(
    {"arabic",  "armenian",   "basque", "catalan",   "danish",     "dutch",     "english",    "estonian",
     "finnish", "french",     "german", "greek",     "hindi",      "hungarian", "indonesian", "irish",
     "italian", "lithuanian", "nepali", "norwegian", "portuguese", "romanian",  "russian",    "serbian",
     "spanish", "swedish",    "tamil",  "turkish",   "yiddish"});

bool IsSystemSchema(std::string_view schema) {
  return schema == "pg_catalog" || schema == "information_schema" || schema == "pg_toast";
}

}  // namespace

bool IsBuiltInForSearch(NameSpace space, std::string_view name) {
  constexpr auto kTemplates = std::to_array<std::string_view>({"simple", "synonym", "ispell", "thesaurus", "snowball"});
  constexpr std::string_view kStem = "_stem";
  switch (space) {
    case NameSpace::kTextSearchParser: return name == "default";
    case NameSpace::kTextSearchTemplate: return std::ranges::contains(kTemplates, name);
    case NameSpace::kTextSearchConfiguration: return name == "simple" || std::ranges::contains(kStemmed, name);
    case NameSpace::kTextSearchDictionary:
      return name == "simple" ||
             (name.ends_with(kStem) && std::ranges::contains(kStemmed, name.substr(0, name.size() - kStem.size())));
    default: return false;
  }
}

bool IsBuiltInType(std::string_view name) { return std::ranges::binary_search(kBuiltInTypes, name); }

void Names::Declare(NameSpace space, const QualifiedName& name, ObjectKind kind) {
  // A shell type comes before what it becomes: the last declaration says what the name is.
  declared_[static_cast<std::size_t>(space)].insert_or_assign(LookupKey(name.schema, name.name), kind);
}

bool Names::IsDeclared(NameSpace space, const QualifiedName& name) const {
  return DeclaredKind(space, name).has_value();
}

std::optional<ObjectKind> Names::DeclaredKind(NameSpace space, const QualifiedName& name) const {
  const auto& declared = declared_[static_cast<std::size_t>(space)];
  const auto found = declared.find(LookupKey(name.schema, name.name));
  if (found == declared.end()) return std::nullopt;
  return found->second;
}

void Names::DeclareExtension(std::string_view name) { extensions_.emplace_back(name); }

Resolution Names::Resolve(NameSpace space, const std::vector<std::string>& parts, const SearchPath& path) const {
  using enum Resolution::Origin;
  if (parts.empty()) return {};
  const std::string& name = parts.back();
  if (parts.size() > 1) {
    const std::string& schema = parts[parts.size() - 2];
    if (IsDeclared(space, {schema, name})) return {{schema, name}, kDeclared};
    if (external_.Contains(space, schema, name)) return {{schema, name}, kExternal};
    return {{schema, name}, IsSystemSchema(schema) ? kBuiltIn : kUnknown};
  }
  // pg_catalog is searched first unless the path names it.
  if ((space == NameSpace::kType && IsBuiltInType(name)) || IsBuiltInForSearch(space, name)) {
    return {{"pg_catalog", name}, kBuiltIn};
  }
  for (const std::string& schema : path) {
    if (IsDeclared(space, {schema, name})) return {{schema, name}, kDeclared};
    if (external_.Contains(space, schema, name)) return {{schema, name}, kExternal};
  }
  if (space == NameSpace::kRelation && name.starts_with("pg_")) return {{"pg_catalog", name}, kBuiltIn};
  return {{"", name}, kUnknown};
}

}  // namespace schemadiff
