#include "parser/disk_tree.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <memory>

namespace schemadiff {
namespace {

namespace fs = std::filesystem;

bool IsHidden(const fs::path& path) { return path.filename().string().starts_with('.'); }

// One that leads nowhere is listed, so that reading it says so; hidden ones are editors' locks and the like.
std::error_code AddFilesBelow(const std::string& folder, std::vector<std::string>& files) {
  std::error_code error;
  fs::recursive_directory_iterator it(folder, fs::directory_options::follow_directory_symlink, error);
  for (const fs::recursive_directory_iterator end; !error && it != end; it.increment(error)) {
    std::error_code unknown;
    const bool is_folder = it->is_directory(unknown);
    if (is_folder && IsHidden(it->path())) it.disable_recursion_pending();
    if (!is_folder && !IsHidden(it->path()) && it->path().extension() == ".sql") files.push_back(it->path().string());
  }
  return error;
}

}  // namespace

Result<std::vector<std::string>> DiskTree::List() {
  Diagnostics errors;
  std::vector<std::string> files;
  for (const std::string& path : paths_) {
    std::error_code error;
    if (fs::is_directory(path, error)) {
      error = AddFilesBelow(path, files);
      if (error) {
        errors.Add({.code = ErrorCode::kBadInput,
                    .message = fmt::format("cannot read folder `{}`: {}", path, error.message())});
      }
    } else {
      files.push_back(path);
    }
  }
  if (!errors.empty()) return std::unexpected(errors);
  std::ranges::sort(files);
  files.erase(std::ranges::unique(files).begin(), files.end());
  return files;
}

Result<std::string> DiskTree::Read(const std::string& file, const SourceLocation& location) {
  std::string read;
  std::array<char, 16UZ << 10U> part;
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> in(std::fopen(file.c_str(), "rb"), &std::fclose);
  if (in != nullptr) std::setvbuf(in.get(), nullptr, _IONBF, 0);
  for (std::size_t size = part.size(); in != nullptr && size == part.size();) {
    size = std::fread(part.data(), 1, part.size(), in.get());
    read.append(part.data(), size);
  }
  if (in == nullptr || std::ferror(in.get()) != 0) {
    return Error(ErrorCode::kBadInput, fmt::format("cannot read `{}`: {}", file, std::strerror(errno)),
                 "check the path and its permissions", location);
  }
  return read;
}

std::string DiskTree::Beside(const std::string& file, const std::string& path) const {
  return (fs::path(file).parent_path() / path).lexically_normal().string();
}

std::string DiskTree::Identity(const std::string& file) const { return fs::weakly_canonical(file).string(); }

bool DiskTree::Holds(const std::string& identity) const {
  return std::ranges::any_of(paths_, [&](const std::string& path) {
    const fs::path absolute = fs::weakly_canonical(path);
    const fs::path root = fs::is_directory(absolute) ? absolute : absolute.parent_path();
    return !fs::relative(identity, root).string().starts_with("..");
  });
}

}  // namespace schemadiff
