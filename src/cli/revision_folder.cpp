#include "cli/revision_folder.h"

#include <fmt/format.h>

#include <filesystem>

#include "apply/execute.h"
#include "revision/folder.h"

namespace schemadiff {

std::string RevisionsFolder(const std::optional<std::string>& option, const Config& config) {
  return option ? *option : (std::filesystem::path(config.directory) / config.revisions).string();
}

Result<RevisionGraph> ReadRevisionGraph(const std::string& folder) {
  Result<std::vector<Revision>> revisions = ReadRevisions(folder);
  if (!revisions) return std::unexpected(revisions.error());
  return RevisionGraph::Of(std::move(*revisions));
}

Result<std::chrono::milliseconds> ParseWait(const std::optional<std::string>& option) {
  if (!option) return ApplyOptions{}.apply_patience;
  const std::optional<std::chrono::milliseconds> wait = ParseDuration(*option);
  if (wait) return *wait;
  return Error(ErrorCode::kUsage, fmt::format("`--wait` cannot be `{}`", *option), "write it like `30s` or `5min`");
}

}  // namespace schemadiff
