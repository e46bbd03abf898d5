#include "revision/other_files.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "parser/disk_tree.h"

namespace schemadiff {
namespace {

namespace fs = std::filesystem;

std::unexpected<Diagnostics> CannotRead(const std::string& folder, const std::error_code& error) {
  return Error(ErrorCode::kBadInput, fmt::format("cannot read folder `{}`: {}", folder, error.message()),
               "check the path and its permissions");
}

// A mark of its encoding, with which editors of Windows begin a file, is no SQL.
std::string WithoutMark(std::string text) {
  if (text.starts_with("\xEF\xBB\xBF")) text.erase(0, 3);
  return text;
}

}  // namespace

Result<std::vector<OtherFile>> OtherFiles(const std::string& folder, bool recursive) {
  std::error_code error;
  std::vector<fs::path> paths;
  fs::recursive_directory_iterator it(folder, fs::directory_options::follow_directory_symlink, error);
  for (const fs::recursive_directory_iterator end; !error && it != end; it.increment(error)) {
    std::error_code unknown;
    const bool hidden = it->path().filename().string().starts_with('.');
    if (it->is_directory(unknown)) {
      if (hidden || !recursive) it.disable_recursion_pending();
    } else if (!hidden) {
      paths.push_back(it->path());
    }
  }
  if (error) return CannotRead(folder, error);
  std::ranges::sort(paths);
  std::vector<OtherFile> out;
  Diagnostics errors;
  DiskTree disk({folder});
  for (const fs::path& path : paths) {
    OtherFile file{.name = path.filename().string(), .below = path.lexically_relative(folder).string(), .source = {}};
    std::string text;
    if (path.extension() == ".sql") {
      Result<std::string> read = disk.Read(path.string(), {});
      if (!read) errors.Append(read.error());
      if (read) text = WithoutMark(std::move(*read));
    }
    file.source = std::make_shared<SourceFile>(path.string(), std::move(text));
    out.push_back(std::move(file));
  }
  if (!errors.empty()) return std::unexpected(std::move(errors));
  return out;
}

std::string PlainNumber(std::string_view digits) {
  const std::size_t first = digits.find_first_not_of('0');
  return first == std::string_view::npos ? "0" : std::string(digits.substr(first));
}

std::strong_ordering OtherPlace::operator<=>(const OtherPlace& other) const {
  if (rank != other.rank) return rank <=> other.rank;
  const auto compare = [](const std::string& a, const std::string& b) {
    return a.size() != b.size() ? a.size() <=> b.size() : a <=> b;
  };
  const auto order = std::lexicographical_compare_three_way(numbers.begin(), numbers.end(), other.numbers.begin(),
                                                            other.numbers.end(), compare);
  return order != 0 ? order : text <=> other.text;
}

void OtherHistory::Problem(const std::shared_ptr<const SourceFile>& file, std::string message, std::string hint) {
  errors.Add({.code = ErrorCode::kBadInput,
              .severity = Severity::kError,
              .location = {.file = file, .offset = 0},
              .message = std::move(message),
              .hint = std::move(hint),
              .sqlstate = {}});
}

void OtherHistory::Warn(const std::shared_ptr<const SourceFile>& file, std::string message, std::string hint) {
  warnings.Add({.code = ErrorCode::kBadInput,
                .severity = Severity::kWarning,
                .location = {},
                .message = fmt::format("`{}` {}", file->path(), message),
                .hint = std::move(hint),
                .sqlstate = {}});
}

}  // namespace schemadiff
