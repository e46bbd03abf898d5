#include "revision/folder.h"

#include <fmt/chrono.h>
#include <fmt/format.h>
#include <openssl/evp.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <map>
#include <random>

#include "parser/disk_tree.h"
#include "revision/header.h"
#include "support/parallel.h"

namespace schemadiff {
namespace {

constexpr std::string_view kUp = ".sql";
constexpr std::string_view kDown = ".down.sql";

// The last line that is not blank.
std::string_view LastLine(std::string_view text) {
  const std::size_t end = text.find_last_not_of(" \t\r\n");
  if (end == std::string_view::npos) return {};
  text = text.substr(0, end + 1);
  return text.substr(text.rfind('\n') + 1);
}

Result<Revision> ReadRevisionFile(DiskTree& tree, const std::string& path, bool down) {
  Result<std::string> text = tree.Read(path, {});
  if (!text) return std::unexpected(text.error());
  constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
  if (text->starts_with(kByteOrderMark)) text->erase(0, kByteOrderMark.size());
  const auto file = std::make_shared<SourceFile>(path, std::move(*text));
  Result<Revision> revision = ParseHeader(file, down);
  if (!revision) return revision;
  const std::string stem = std::filesystem::path(path).stem().string();
  if (!stem.starts_with(revision->id + '_') && stem != revision->id && stem != revision->id + ".down") {
    return Error(ErrorCode::kBadInput,
                 fmt::format("the header has the id `{}`, and the file another name", revision->id),
                 fmt::format("call the file `{}`, or correct the header",
                             RevisionFileName(*revision) + std::string(down ? kDown : kUp)),
                 {file, 0});
  }
  if (const std::string end = EndLine(revision->id); LastLine(file->text()) != end) {
    return Error(ErrorCode::kBadInput, fmt::format("the file was cut off: it does not end with `{}`", end),
                 "restore it from version control; where nothing is missing, put that line at its end",
                 {file, static_cast<std::uint32_t>(file->text().size())});
  }
  if (!down) revision->checksum = Checksum(file->text());
  return revision;
}

}  // namespace

Result<std::vector<Revision>> ReadRevisions(const std::string& folder) {
  DiskTree tree({folder});
  std::error_code unknown;
  if (!std::filesystem::exists(folder, unknown)) return {};
  const Result<std::vector<std::string>> listed = tree.List();
  if (!listed) return std::unexpected(listed.error());
  const std::vector<std::string>& paths = *listed;
  std::vector<Result<Revision>> read(paths.size());
  ForEachPart(paths.size(), 16, [&](std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i) read[i] = ReadRevisionFile(tree, paths[i], paths[i].ends_with(kDown));
  });
  Diagnostics errors;
  std::vector<Revision> revisions;
  std::map<std::string, std::size_t> by_stem;
  for (std::size_t i = 0; i < paths.size(); ++i) {
    if (!read[i]) {
      errors.Append(read[i].error());
    } else if (!paths[i].ends_with(kDown)) {
      by_stem[paths[i].substr(0, paths[i].size() - kUp.size())] = revisions.size();
      revisions.push_back(std::move(*read[i]));
    }
  }
  for (std::size_t i = 0; i < paths.size() && errors.empty(); ++i) {
    if (!paths[i].ends_with(kDown)) continue;
    const auto found = by_stem.find(paths[i].substr(0, paths[i].size() - kDown.size()));
    if (found == by_stem.end() || revisions[found->second].id != read[i]->id) {
      errors.Append(Error(ErrorCode::kBadInput, "this is the way back of a revision that is not beside it",
                          "restore the revision's own file, or remove this one", {read[i]->down, 0})
                        .error());
    } else {
      revisions[found->second].down = read[i]->down;
    }
  }
  if (errors.HasErrors()) return std::unexpected(errors);
  return revisions;
}

std::string Checksum(std::string_view text) {
  std::string lines;
  lines.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (!text.substr(i).starts_with("\r\n")) lines += text[i];
  }
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned int size = 0;
  EVP_Digest(lines.data(), lines.size(), digest.data(), &size, EVP_sha256(), nullptr);
  std::string hex;
  for (unsigned int i = 0; i < size; ++i) hex += fmt::format("{:02x}", digest[i]);
  return hex;
}

std::string NewRevisionId(std::int64_t moment) {
  constexpr std::string_view kAlphabet = "abcdefghijkmnpqrstuvwxyz23456789";
  std::random_device random;
  std::uniform_int_distribution<std::size_t> any(0, kAlphabet.size() - 1);
  std::string id = fmt::format("{:%Y%m%d%H%M%S}_", fmt::gmtime(static_cast<std::time_t>(moment)));
  for (int i = 0; i < 4; ++i) id += kAlphabet[any(random)];
  return id;
}

std::string RevisionFileName(const Revision& revision) {
  constexpr std::size_t kMost = 48;
  std::string slug;
  for (const char character : revision.message) {
    const bool is_kept = std::isalnum(static_cast<unsigned char>(character)) != 0;
    if (is_kept && slug.size() < kMost) slug += static_cast<char>(std::tolower(static_cast<unsigned char>(character)));
    if (!is_kept && !slug.empty() && slug.back() != '_') slug += '_';
  }
  while (slug.ends_with('_')) slug.pop_back();
  return slug.empty() ? revision.id : fmt::format("{}_{}", revision.id, slug);
}

}  // namespace schemadiff
