// Where an embedded server keeps its files, and as which user it runs.
#pragma once

#include <filesystem>
#include <optional>

#include "support/diagnostic.h"
#include "support/process.h"

namespace schemadiff {

struct ClusterFolder {
  std::filesystem::path folder;     ///< Absolute, made, the server user's own, closed to others.
  std::filesystem::path socket;     ///< Folder of the Unix socket; short enough for its address.
  std::optional<ProcessUser> user;  ///< Whom the server runs as when schemadiff is root, which PostgreSQL refuses.

  std::filesystem::path data() const { return folder / "data"; }
  std::filesystem::path log() const { return folder / "log"; }
};

/// Makes the folder where it is missing. For root the server runs as the owner of what is there, else as `postgres` or
/// `nobody`; where that user cannot reach the folder (a project below /root), it becomes a link to one of its own in
/// /var/lib/schemadiff.
/// Errors: kUnavailable when it belongs to another user or cannot be made.
Result<ClusterFolder> PrepareClusterFolder(const std::filesystem::path& folder);

/// Longest path of a Unix socket: sun_path without its final zero byte.
inline constexpr std::size_t kMaxSocketPath = 107;

}  // namespace schemadiff
