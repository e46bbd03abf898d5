#include "parser/includes.h"

#include <fmt/format.h>

#include <unordered_map>

#include "parser/read_file.h"

namespace schemadiff {
namespace {

// Parses what the files include, and what those include; never outside the tree, never in a circle.
class Includer {
 public:
  Includer(FileTree& tree, SourceSet& sources) : tree_(tree), sources_(sources) {}

  Result<void> Run() {
    for (std::size_t i = 0; i < sources_.files.size(); ++i) {
      const ParsedFile& file = *sources_.files[i];
      std::vector<Included>& included = included_.emplace_back();
      for (const Include& include : file.includes()) {
        const Result<std::size_t> loaded = Load(file, include);
        if (!loaded) return std::unexpected(loaded.error());
        included.push_back({*loaded, {file.source(), include.offset}});
      }
    }
    states_.resize(included_.size());
    for (std::size_t i = 0; i < included_.size(); ++i) {
      if (Result<void> fine = RefuseCircle(i); !fine) return fine;
    }
    return {};
  }

 private:
  struct Included {
    std::size_t file = 0;
    SourceLocation location;
  };
  enum class State : std::uint8_t { kUnseen, kOpen, kDone };

  // The number of the file that is included.
  Result<std::size_t> Load(const ParsedFile& file, const Include& include) {
    const SourceLocation location{file.source(), include.offset};
    const std::string path = tree_.Beside(file.source()->path(), include.path.string());
    const std::string identity = tree_.Identity(path);
    if (!tree_.Holds(identity)) {
      return Error(ErrorCode::kBadInput, fmt::format("`{}` is outside the schema folder", include.path.string()),
                   "include only files below the folder that holds the schema", location);
    }
    if (files_.empty()) {
      for (const auto& source : sources_.files) files_.emplace(tree_.Identity(source->source()->path()), files_.size());
    }
    const auto [known, first] = files_.emplace(identity, sources_.files.size());
    if (!first) return known->second;
    Result<std::string> text = ReadSqlFile(tree_, path, location);
    if (!text) return std::unexpected(text.error());
    auto parsed = std::make_unique<ParsedFile>(std::make_shared<SourceFile>(path, std::move(*text)));
    if (parsed->diagnostics().HasErrors()) return std::unexpected(parsed->diagnostics());
    sources_.files.push_back(std::move(parsed));
    return known->second;
  }

  Result<void> RefuseCircle(std::size_t file) {
    if (states_[file] == State::kDone) return {};
    states_[file] = State::kOpen;
    for (const Included& included : included_[file]) {
      if (states_[included.file] == State::kOpen) {
        return Error(ErrorCode::kBadInput,
                     fmt::format("`{}` includes itself", sources_.files[included.file]->source()->path()),
                     "remove one of the \\i and \\ir that lead back to it", included.location);
      }
      if (Result<void> fine = RefuseCircle(included.file); !fine) return fine;
    }
    states_[file] = State::kDone;
    return {};
  }

  FileTree& tree_;
  SourceSet& sources_;
  // By identity, which is asked for where anything is included at all: a file is read once, whoever includes it.
  std::unordered_map<std::string, std::size_t> files_;
  std::vector<std::vector<Included>> included_;  // By file.
  std::vector<State> states_;
};

}  // namespace

Result<void> ReadIncluded(FileTree& tree, SourceSet& sources) { return Includer(tree, sources).Run(); }

}  // namespace schemadiff
