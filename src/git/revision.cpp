#include "git/revision.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <unordered_map>

#include "support/process.h"

namespace schemadiff {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kLink = "120000";
constexpr std::string_view kSubmodule = "160000";

std::string FirstLine(std::string_view text) { return std::string(text.substr(0, text.find('\n'))); }

Result<std::string> Git(std::vector<std::string> arguments, std::string_view input = {}) {
  arguments.insert(arguments.begin(), "git");
  Result<ProgramOutput> output = RunFilter(arguments, input);
  if (!output) return std::unexpected(output.error());
  if (output->status == kCannotExecute && output->errors.empty()) {
    return Error(ErrorCode::kFailed, "cannot start `git`, which reads revisions",
                 "install it, or name files and folders instead");
  }
  if (output->status != 0) {
    std::string reason = FirstLine(output->errors);
    if (reason.starts_with("fatal: ")) reason = reason.substr(std::string_view("fatal: ").size());
    return Error(ErrorCode::kBadInput, fmt::format("git cannot read the revision: {}", reason),
                 "run schemadiff in the repository that holds it");
  }
  return std::move(output->text);
}

/// An object of the repository, as `git cat-file --batch-check` has it.
struct GitObject {
  std::string id;
  std::string type;  ///< `blob`, `tree`, `commit`; empty when there is none.
};

GitObject ParseObject(std::string_view line) {
  const std::size_t space = line.find(' ');
  if (space == std::string_view::npos) return {};
  const std::string_view rest = line.substr(space + 1);
  const std::string_view type = rest.substr(0, rest.find(' '));
  if (type != "blob" && type != "tree" && type != "commit" && type != "tag") return {};
  return {std::string(line.substr(0, space)), std::string(type)};
}

class Revision : public FileTree {
 public:
  explicit Revision(std::string revision, std::string path) : revision_(std::move(revision)), path_(std::move(path)) {}

  Result<void> Open() {
    Result<std::vector<GitObject>> found = Find({revision_ + "^{commit}", Name(path_)});
    if (!found) return std::unexpected(found.error());
    if (found->at(0).type.empty()) {
      return Error(ErrorCode::kBadInput, fmt::format("there is no revision `{}` in this repository", revision_),
                   "name a branch, tag or commit; `git log` lists them");
    }
    if (found->at(1).type.empty()) {
      return Error(ErrorCode::kBadInput, fmt::format("revision `{}` holds no `{}`", revision_, path_),
                   "paths begin at the root of the repository, or with `./` at the current folder; "
                   "`git ls-tree -r --name-only` lists them");
    }
    is_folder_ = found->at(1).type == "tree";
    const fs::path parent = fs::path(path_).parent_path();
    root_ = is_folder_ ? path_ : parent.string();
    return ListAll();
  }

  Result<std::vector<std::string>> List() override {
    std::vector<std::string> names;
    if (is_folder_) {
      for (const auto& [name, id] : ids_) {
        const fs::path path(name.substr(Prefix().size()));
        const bool hidden = std::ranges::any_of(path.lexically_relative(root_),
                                                [](const fs::path& part) { return part.string().starts_with('.'); });
        if (path.extension() == ".sql" && !hidden) names.push_back(name);
      }
    } else {
      names.push_back(Display(path_));
    }
    std::ranges::sort(names);
    if (Result<void> loaded = Load(names); !loaded) return std::unexpected(loaded.error());
    return names;
  }

  Result<std::string> Read(const std::string& file, const SourceLocation& location) override {
    if (!texts_.contains(file)) {
      if (!ids_.contains(file)) {
        return Error(ErrorCode::kBadInput, fmt::format("cannot read `{}`: no such file in the revision", file),
                     "check the path", location);
      }
      if (Result<void> loaded = Load({file}); !loaded) return std::unexpected(loaded.error());
    }
    return texts_.at(file);
  }

  std::string Beside(const std::string& file, const std::string& path) const override {
    const fs::path folder = fs::path(file.substr(Prefix().size())).parent_path();
    return Display((folder / path).lexically_normal().string());
  }

  std::string Identity(const std::string& file) const override { return file; }

  bool Holds(const std::string& identity) const override {
    const fs::path path(identity.substr(Prefix().size()));
    const std::string within = root_.empty() ? path.string() : path.lexically_relative(root_).string();
    return !path.is_absolute() && !within.starts_with("..");
  }

 private:
  std::string Prefix() const { return fmt::format("{}{}:", kGitPrefix, revision_); }
  std::string Display(const std::string& path) const { return Prefix() + path; }
  std::string Name(const std::string& path) const { return fmt::format("{}:{}", revision_, path); }

  // What stands in the repository under each of these names.
  static Result<std::vector<GitObject>> Find(const std::vector<std::string>& names) {
    std::string input;
    for (const std::string& name : names) input += name + '\n';
    const Result<std::string> output = Git({"cat-file", "--batch-check"}, input);
    if (!output) return std::unexpected(output.error());
    std::vector<GitObject> objects;
    for (std::size_t begin = 0; begin < output->size() && objects.size() < names.size();) {
      const std::size_t end = std::min(output->find('\n', begin), output->size());
      objects.push_back(ParseObject(std::string_view(*output).substr(begin, end - begin)));
      begin = end + 1;
    }
    objects.resize(names.size());
    return objects;
  }

  Result<void> ListAll() {
    const Result<std::string> listed = Git({"ls-tree", "-r", "-z", Name(root_)});
    if (!listed) return std::unexpected(listed.error());
    // `mode type id<tab>path`, each ended by a null byte.
    for (std::size_t begin = 0; begin < listed->size();) {
      const std::size_t end = std::min(listed->find('\0', begin), listed->size());
      const std::string_view entry = std::string_view(*listed).substr(begin, end - begin);
      begin = end + 1;
      const std::size_t tab = entry.find('\t');
      if (tab == std::string_view::npos) continue;
      const std::string_view mode = entry.substr(0, entry.find(' '));
      const std::string_view id = entry.substr(entry.rfind(' ', tab) + 1, tab - entry.rfind(' ', tab) - 1);
      const std::string path = (fs::path(root_) / entry.substr(tab + 1)).string();
      const bool is_within = is_folder_ || path == path_;
      if (is_within && (mode == kSubmodule || mode == kLink)) {
        return Error(ErrorCode::kBadInput,
                     fmt::format("`{}` is a {}, and these are not followed in a revision", Display(path),
                                 mode == kLink ? "symbolic link" : "submodule"),
                     "check the revision out with `git worktree add`, and name that folder");
      }
      ids_.emplace(Display(path), id);
    }
    return {};
  }

  // All in one call of git.
  Result<void> Load(const std::vector<std::string>& files) {
    std::string input;
    for (const std::string& file : files) input += ids_.at(file) + '\n';
    if (input.empty()) return {};
    const Result<std::string> output = Git({"cat-file", "--batch"}, input);
    if (!output) return std::unexpected(output.error());
    // `id type size<newline>text<newline>` for each.
    std::size_t begin = 0;
    for (const std::string& file : files) {
      const std::size_t end = std::min(output->find('\n', begin), output->size());
      const std::string line = output->substr(begin, end - begin);
      std::size_t size = 0;
      if (ParseObject(line).type == "blob") size = std::stoul(line.substr(line.rfind(' ') + 1));
      if (ParseObject(line).type != "blob" || end + size >= output->size()) {
        return Error(ErrorCode::kBadInput, fmt::format("cannot read `{}`: git says `{}`", file, line),
                     "see whether `git fsck` finds the repository whole");
      }
      texts_[file] = output->substr(end + 1, size);
      begin = end + 1 + size + 1;
    }
    return {};
  }

  std::string revision_;
  std::string path_;
  std::string root_;  ///< The folder that is asked for, or that of the file.
  bool is_folder_ = false;
  std::unordered_map<std::string, std::string> ids_;    ///< By what messages call the file.
  std::unordered_map<std::string, std::string> texts_;  ///< Of those that were read.
};

}  // namespace

Result<std::unique_ptr<FileTree>> OpenRevision(const std::string& name) {
  const std::string rest = name.substr(std::min(name.size(), kGitPrefix.size()));
  // A revision may hold a colon only in `:/text` and `^{/text}`: the path begins behind the first one.
  const std::size_t colon = rest.find(':');
  if (!name.starts_with(kGitPrefix) || colon == std::string::npos || colon == 0 ||
      rest.find('\n') != std::string::npos || rest.starts_with('-')) {
    return Error(ErrorCode::kUsage, fmt::format("`{}` names no revision and path", name),
                 "write `git:REV:path`, as in `git:main:schema`");
  }
  fs::path path(rest.substr(colon + 1));
  if (path.begin() != path.end() && path.begin()->string().starts_with('.')) {
    const Result<std::string> here = Git({"rev-parse", "--show-prefix"});
    if (!here) return std::unexpected(here.error());
    path = fs::path(FirstLine(*here)) / path;
  }
  path = path.lexically_normal();
  if (!path.has_filename()) path = path.parent_path();
  if (path == ".") path.clear();
  auto revision = std::make_unique<Revision>(rest.substr(0, colon), path.string());
  if (Result<void> opened = revision->Open(); !opened) return std::unexpected(opened.error());
  return revision;
}

}  // namespace schemadiff
