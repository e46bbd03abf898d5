#include "cli/declared.h"

#include <algorithm>
#include <iterator>

#include "parser/database_name.h"

namespace schemadiff {

Result<Declared> ReadDeclared(FileTree& tree, int version) {
  Result<SourceSet> sources = ReadSources(tree);
  if (!sources) return std::unexpected(sources.error());
  ExternalNames nothing;
  nothing.version = version;
  Result<DesiredState> state = Interpret(*sources, nothing);
  if (!state) return std::unexpected(state.error());
  std::vector<std::string> schemas = SpokenOf(DeclaredSchemas(*sources), *state, sources->is_history);
  return Declared{std::move(*state), std::move(schemas), DatabaseNamedIn(*sources)};
}

Result<Declared> DeclaredBy(const Replay& replay) {
  Result<DesiredState> state = replay.State();
  if (!state) return std::unexpected(state.error());
  std::vector<std::string> schemas = SpokenOf(replay.declared_schemas(), *state, true);
  return Declared{std::move(*state), std::move(schemas), DatabaseNamedIn(replay.sources())};
}

Declared CopyOf(const Declared& declared) {
  const DesiredState& state = declared.state;
  return {.state = {.schema = CopyOf(state.schema),
                    .search_path = state.search_path,
                    .schemas = state.schemas,
                    .warnings = state.warnings},
          .schemas = declared.schemas,
          .database = declared.database};
}

std::vector<std::string> SpokenOf(std::vector<std::string> declared, const DesiredState& state, bool is_history) {
  for (const auto& [id, object] : state.schema.OfKind(ObjectKind::kNamespace)) {
    if (object.annotations && !object.annotations->renamed_from.empty()) {
      declared.push_back(object.annotations->renamed_from.back());
    }
  }
  // Of a history it may have been renamed since it was created.
  if (is_history) std::ranges::copy(state.schemas, std::back_inserter(declared));
  return declared;
}

}  // namespace schemadiff
