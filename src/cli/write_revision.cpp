#include "cli/write_revision.h"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>
#include <ctime>
#include <filesystem>
#include <ranges>

#include "cli/files.h"
#include "revision/folder.h"
#include "support/version.h"

namespace schemadiff {

Revision NewRevision(std::string message) {
  const std::time_t now = std::time(nullptr);
  Revision revision;
  revision.id = NewRevisionId(now);
  revision.message = std::move(message);
  revision.created = fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", fmt::gmtime(now));
  revision.tool = kVersion;
  return revision;
}

Result<std::vector<std::string>> WriteRevision(const std::string& folder, const RevisionTexts& made,
                                               const std::vector<std::string>& replaced) {
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  if (error) return Error(ErrorCode::kFailed, fmt::format("cannot create `{}`: {}", folder, error.message()));
  const std::string stem = (std::filesystem::path(folder) / RevisionFileName(made.revision)).string();
  std::vector<std::string> paths{stem + ".sql"};
  if (!made.down.empty()) paths.push_back(stem + ".down.sql");
  for (const std::string& path : paths) {
    if (std::filesystem::exists(path, error) && !std::ranges::contains(replaced, path)) {
      return Error(ErrorCode::kFailed, fmt::format("`{}` exists already", path),
                   "nothing was written; give another message with `-m`");
    }
  }
  // The way back first: alone it is an error, and no revision that could be run without it.
  for (const std::string& path : paths | std::views::reverse) {
    Result<void> written = WriteFileAtomically(path, path == paths.front() ? made.up : made.down);
    if (!written) return std::unexpected(written.error());
  }
  return paths;
}

Result<void> TellPaths(const std::vector<std::string>& paths, const Console& console) {
  for (const std::string& path : paths) {
    if (Result<void> told = console.Out(path + '\n'); !told) return told;
  }
  return {};
}

}  // namespace schemadiff
