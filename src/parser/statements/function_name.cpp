#include "parser/statements/function_name.h"

#include <algorithm>
#include <array>

#include "parser/references.h"
#include "support/quote.h"

namespace schemadiff {
namespace {

bool IsBuiltIn(std::string_view name) {
  constexpr auto kNames = std::to_array<std::string_view>({"suppress_redundant_updates_trigger",
                                                           "tsvector_update_trigger",
                                                           "tsvector_update_trigger_column",
                                                           "unique_key_recheck",
                                                           "postgresql_fdw_validator",
                                                           "prsd_start",
                                                           "prsd_nexttoken",
                                                           "prsd_end",
                                                           "prsd_headline",
                                                           "prsd_lextype",
                                                           "dsimple_init",
                                                           "dsimple_lexize",
                                                           "dsynonym_init",
                                                           "dsynonym_lexize",
                                                           "dispell_init",
                                                           "dispell_lexize",
                                                           "thesaurus_init",
                                                           "thesaurus_lexize",
                                                           "dsnowball_init",
                                                           "dsnowball_lexize"});
  return std::ranges::find(kNames, name) != kNames.end() || name.starts_with("RI_FKey_");
}

}  // namespace

std::optional<std::string> ResolveFunctionName(Interpreter& in, const Statement& statement,
                                               const std::vector<std::string>& parts, std::string_view arguments,
                                               std::string_view what, std::vector<Edge>& edges) {
  const Resolution found = in.names().Resolve(NameSpace::kRoutine, parts, *statement.search_path);
  if (found.origin == Resolution::Origin::kDeclared) {
    const ObjectId id = ObjectId::Of(ObjectKind::kRoutine, found.name.schema, found.name.name, arguments);
    if (in.schema().Contains(id)) {
      edges.push_back({id});
      return QuoteQualified(found.name.schema, found.name.name);
    }
    in.Waiting(statement, -1, what, id.ToString());
    return std::nullopt;
  }
  if (found.origin != Resolution::Origin::kUnknown) return QuoteQualified(found.name.schema, found.name.name);
  if (parts.size() == 1 && IsBuiltIn(parts[0])) return QuoteQualified("pg_catalog", parts[0]);
  if (!in.names().MayComeFromExtension()) {
    in.Waiting(statement, -1, what, Join(parts, "."));
    return std::nullopt;
  }
  AddExtensionEdges(in, edges);
  return QuoteQualified(found.name.schema, found.name.name);
}

}  // namespace schemadiff
