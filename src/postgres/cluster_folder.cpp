#include "postgres/cluster_folder.h"

#include <fmt/format.h>
#include <pwd.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <functional>

namespace schemadiff {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kElsewhere = "/var/lib/schemadiff";

std::unexpected<Diagnostics> Failed(const fs::path& folder, std::string_view why) {
  return Error(ErrorCode::kUnavailable,
               fmt::format("cannot use `{}` for the embedded server: {}", folder.string(), why),
               "remove the folder, or give the address of a server with `--database-url`");
}

std::optional<ProcessUser> UserOf(const passwd* entry) {
  if (entry == nullptr || entry->pw_uid == 0) return std::nullopt;
  return ProcessUser{entry->pw_uid, entry->pw_gid, entry->pw_name};
}

/// Whom root starts the server as.
std::optional<ProcessUser> ServerUser(const fs::path& folder) {
  struct stat made{};
  if (stat(folder.c_str(), &made) == 0) {
    if (auto owner = UserOf(getpwuid(made.st_uid))) return owner;
  }
  if (auto user = UserOf(getpwnam("postgres"))) return user;
  return UserOf(getpwnam("nobody"));
}

bool CanEnter(const fs::path& folder, const ProcessUser& user) {
  struct stat it{};
  if (stat(folder.c_str(), &it) != 0) return errno == ENOENT;  // To be made, open to all.
  if (it.st_uid == user.uid) return (it.st_mode & S_IXUSR) != 0;
  if (it.st_gid == user.gid) return (it.st_mode & S_IXGRP) != 0;
  return (it.st_mode & S_IXOTH) != 0;
}

bool CanReach(const fs::path& folder, const ProcessUser& user) {
  for (fs::path at = folder.parent_path(); !at.empty() && at != at.root_path(); at = at.parent_path()) {
    if (!CanEnter(at, user)) return false;
  }
  return true;
}

std::string HashOf(const fs::path& path) { return fmt::format("{:016x}", std::hash<std::string>()(path.string())); }

/// Makes `folder`, for `user` when given, with mode 0700; one that is there must be that user's own and no link.
bool MakePrivate(const fs::path& folder, const std::optional<ProcessUser>& user) {
  const uid_t owner = user ? user->uid : geteuid();
  struct stat it{};
  if (mkdir(folder.c_str(), 0700) != 0 && errno != EEXIST) return false;
  if (lstat(folder.c_str(), &it) != 0) return false;
  if (!S_ISDIR(it.st_mode)) {
    errno = ENOTDIR;
    return false;
  }
  if (it.st_uid == owner) return chmod(folder.c_str(), 0700) == 0;
  if (user && it.st_uid == 0) {
    return chmod(folder.c_str(), 0700) == 0 && lchown(folder.c_str(), user->uid, user->gid) == 0;
  }
  errno = EPERM;
  return false;
}

/// The folder's place for a user who cannot reach it: `folder` becomes a link to it.
Result<fs::path> MoveElsewhere(const fs::path& folder) {
  const fs::path real = fs::path(kElsewhere) / HashOf(folder);
  std::error_code error;
  fs::create_directories(kElsewhere, error);
  const fs::file_status there = fs::symlink_status(folder, error);
  if (fs::is_symlink(there)) return real;
  if (fs::is_directory(there) && !fs::remove(folder, error)) return Failed(folder, error.message());
  fs::create_directory_symlink(real, folder, error);
  if (error) return Failed(folder, error.message());
  return real;
}

Result<fs::path> SocketFolder(const fs::path& folder, const std::optional<ProcessUser>& user) {
  constexpr std::string_view kSocketName = "/.s.PGSQL.5432";
  fs::path socket = folder / "socket";
  if (socket.string().size() + kSocketName.size() > kMaxSocketPath) {
    const char* runtime = user ? nullptr : std::getenv("XDG_RUNTIME_DIR");
    socket = runtime != nullptr && access(runtime, W_OK) == 0 ? runtime : "/tmp";
    socket /= fmt::format("schemadiff-{}-{}", user ? user->uid : geteuid(), HashOf(folder));
  }
  if (!MakePrivate(socket, user)) return Failed(socket, std::strerror(errno));
  return socket;
}

}  // namespace

Result<ClusterFolder> PrepareClusterFolder(const fs::path& folder) {
  std::error_code error;
  ClusterFolder cluster{.folder = fs::weakly_canonical(fs::absolute(folder, error), error)};
  if (error) return Failed(folder, error.message());
  if (!cluster.folder.has_filename()) cluster.folder = cluster.folder.parent_path();
  fs::create_directories(cluster.folder.parent_path(), error);
  if (error) return Failed(folder, error.message());
  if (geteuid() == 0) {
    cluster.user = ServerUser(cluster.folder);
    if (!cluster.user) {
      return Error(ErrorCode::kUnavailable,
                   "PostgreSQL does not run as root, and there is no user `postgres` or `nobody`",
                   "run schemadiff as another user");
    }
    if (!CanReach(cluster.folder, *cluster.user)) {
      auto real = MoveElsewhere(cluster.folder);
      if (!real) return std::unexpected(real.error());
      cluster.folder = *real;
    }
  }
  if (!MakePrivate(cluster.folder, cluster.user)) {
    return Failed(cluster.folder, errno == EPERM ? "it belongs to another user" : std::strerror(errno));
  }
  auto socket = SocketFolder(cluster.folder, cluster.user);
  if (!socket) return std::unexpected(socket.error());
  cluster.socket = *std::move(socket);
  return cluster;
}

}  // namespace schemadiff
