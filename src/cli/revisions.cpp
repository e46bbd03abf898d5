#include "cli/revisions.h"

#include <fmt/format.h>

#include <filesystem>

#include "revision/folder.h"
#include "revision/other_formats.h"

namespace schemadiff {

std::string RevisionsFolder(const Config& config, const std::string& given) {
  if (!given.empty()) return given;
  return (std::filesystem::path(config.directory) / config.revisions).string();
}

Result<History> ReadHistory(const RevisionReadOptions& options, const Console& console) {
  const Result<Config> config = LoadConfig(options.common.config);
  if (!config) return std::unexpected(config.error());
  History out{.folder = RevisionsFolder(*config, options.revisions), .graph = {}};
  std::error_code unknown;
  if (!options.revisions.empty() && !std::filesystem::is_directory(out.folder, unknown)) {
    return Error(ErrorCode::kBadInput, fmt::format("there is no folder `{}`", out.folder), "check `--revisions`");
  }
  Diagnostics warnings;
  Result<std::vector<Revision>> revisions = options.revisions_format.empty()
                                                ? ReadRevisions(out.folder)
                                                : ReadOtherRevisions(out.folder, options.revisions_format, &warnings);
  if (!revisions) return std::unexpected(revisions.error());
  console.Show(warnings);
  Result<RevisionGraph> graph = RevisionGraph::Of(std::move(*revisions));
  if (!graph) return std::unexpected(graph.error());
  out.graph = std::move(*graph);
  return out;
}

}  // namespace schemadiff
