#include "cli/files.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>

namespace schemadiff {
namespace {

std::string Reason(int error) { return std::strerror(error); }

bool WriteAll(int descriptor, std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = ::write(descriptor, text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return false;
    text.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

std::unexpected<Diagnostics> CannotWrite(const std::string& path, int error) {
  return Error(ErrorCode::kFailed, fmt::format("cannot write `{}`: {}", path, Reason(error)));
}

Result<void> WriteDirectly(const std::string& path, std::string_view text) {
  const int descriptor = ::open(path.c_str(), O_WRONLY | O_CLOEXEC);
  if (descriptor < 0) return CannotWrite(path, errno);
  const bool written = WriteAll(descriptor, text);
  const int error = errno;
  if (::close(descriptor) != 0 || !written) return CannotWrite(path, written ? errno : error);
  return {};
}

}  // namespace

Result<std::string> ReadFile(const std::string& path) {
  const auto fail = [&](int error) {
    return Error(ErrorCode::kBadInput, fmt::format("cannot read `{}`: {}", path, Reason(error)));
  };
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) return fail(errno);
  std::string text;
  char buffer[65536];
  ssize_t size = 0;
  while ((size = ::read(descriptor, buffer, sizeof buffer)) != 0) {
    if (size < 0 && errno == EINTR) continue;
    if (size < 0) break;
    text.append(buffer, static_cast<std::size_t>(size));
  }
  const int error = errno;
  ::close(descriptor);
  if (size < 0) return fail(error);
  return text;
}

Result<void> WriteFileAtomically(const std::string& path, std::string_view text) {
  struct stat existing{};
  const bool exists = ::stat(path.c_str(), &existing) == 0;
  if (exists && S_ISDIR(existing.st_mode)) return CannotWrite(path, EISDIR);
  if (exists && !S_ISREG(existing.st_mode)) return WriteDirectly(path, text);
  // A link stays a link; what it points to is replaced.
  std::error_code unresolved;
  const std::string resolved = exists ? std::filesystem::canonical(path, unresolved).string() : path;
  const std::string target = unresolved ? path : resolved;
  std::string temporary = target + ".XXXXXX";
  const int descriptor = ::mkostemp(temporary.data(), O_CLOEXEC);
  if (descriptor < 0) return CannotWrite(path, errno);
  const mode_t mask = ::umask(0);
  ::umask(mask);
  const mode_t mode = exists ? existing.st_mode & 07777U : 0666U & ~mask;
  const bool written = ::fchmod(descriptor, mode) == 0 && WriteAll(descriptor, text) && ::fsync(descriptor) == 0;
  int error = errno;
  const bool closed = ::close(descriptor) == 0;
  if (written && !closed) error = errno;
  if (written && closed && std::rename(temporary.c_str(), target.c_str()) == 0) return {};
  if (written && closed) error = errno;
  ::unlink(temporary.c_str());
  return CannotWrite(path, error);
}

}  // namespace schemadiff
