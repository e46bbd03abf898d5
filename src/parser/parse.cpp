#include "parser/parse.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "parser/column_names.h"
#include "parser/interpreter.h"
#include "parser/read_file.h"
#include "parser/session.h"
#include "support/parallel.h"

namespace schemadiff {
namespace {

namespace fs = std::filesystem;

bool IsHidden(const fs::path& path) { return path.filename().string().starts_with('.'); }

// All *.sql files below a folder, through links too. One that leads nowhere is listed, so that reading it says so;
// hidden ones are editors' locks and the like.
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

Result<std::vector<std::string>> ListFiles(const std::vector<std::string>& paths) {
  Diagnostics errors;
  std::vector<std::string> files;
  for (const std::string& path : paths) {
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

// Parses files[i] into parsed[i]; libpg_query keeps its state per thread.
Result<std::vector<std::unique_ptr<ParsedFile>>> ParseFiles(const std::vector<std::string>& files) {
  std::vector<std::unique_ptr<ParsedFile>> parsed(files.size());
  std::vector<Diagnostics> errors(files.size());
  ForEachPart(files.size(), 1, [&](std::size_t i, std::size_t) {
    Result<std::string> text = ReadSqlFile(files[i]);
    if (!text) {
      errors[i] = text.error();
      return;
    }
    parsed[i] = std::make_unique<ParsedFile>(std::make_shared<SourceFile>(files[i], std::move(*text)));
    errors[i] = parsed[i]->diagnostics();
  });
  Diagnostics all;
  for (const Diagnostics& some : errors) all.Append(some);
  if (all.HasErrors()) return std::unexpected(all);
  return parsed;
}

// Parses what the files include, and what those include; never outside the root folder, never in a circle.
class Includer {
 public:
  Includer(SourceSet& sources, std::vector<fs::path> roots) : sources_(sources), roots_(std::move(roots)) {}

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
    const fs::path path = (fs::path(file.source()->path()).parent_path() / include.path).lexically_normal();
    const fs::path absolute = fs::weakly_canonical(path);
    const bool inside = std::ranges::any_of(
        roots_, [&](const fs::path& root) { return !fs::relative(absolute, root).string().starts_with(".."); });
    if (!inside) {
      return Error(ErrorCode::kBadInput, fmt::format("`{}` is outside the schema folder", include.path.string()),
                   "include only files below the folder that holds the schema", location);
    }
    if (files_.empty()) {
      for (const auto& source : sources_.files) {
        files_.emplace(fs::weakly_canonical(source->source()->path()), files_.size());
      }
    }
    const auto [known, first] = files_.emplace(absolute, sources_.files.size());
    if (!first) return known->second;
    Result<std::string> text = ReadSqlFile(path.string(), location);
    if (!text) return std::unexpected(text.error());
    auto parsed = std::make_unique<ParsedFile>(std::make_shared<SourceFile>(path.string(), std::move(*text)));
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

  SourceSet& sources_;
  std::vector<fs::path> roots_;
  // By canonical path, which is asked for where anything is included at all: a file is read once, whoever includes it.
  std::map<fs::path, std::size_t> files_;
  std::vector<std::vector<Included>> included_;  // By file.
  std::vector<State> states_;
};

}  // namespace

Result<SourceSet> ReadSources(const std::vector<std::string>& paths) {
  const Result<std::vector<std::string>> files = ListFiles(paths);
  if (!files) return std::unexpected(files.error());
  Result<std::vector<std::unique_ptr<ParsedFile>>> parsed = ParseFiles(*files);
  if (!parsed) return std::unexpected(parsed.error());
  SourceSet sources{.files = std::move(*parsed)};
  std::vector<fs::path> roots;
  for (const std::string& path : paths) {
    const fs::path absolute = fs::weakly_canonical(path);
    roots.push_back(fs::is_directory(absolute) ? absolute : absolute.parent_path());
  }
  if (Result<void> included = Includer(sources, roots).Run(); !included) return std::unexpected(included.error());
  return sources;
}

Result<SourceSet> ParseText(std::string path, std::string text) {
  SourceSet sources;
  sources.files.push_back(std::make_unique<ParsedFile>(std::make_shared<SourceFile>(std::move(path), std::move(text))));
  if (sources.files.front()->diagnostics().HasErrors()) return std::unexpected(sources.files.front()->diagnostics());
  return sources;
}

std::vector<std::string> DeclaredSchemas(SourceSet& sources) {
  const ExternalNames nothing;
  Interpreter interpreter(AllStatements(), nothing);
  std::vector<Statement> statements;
  for (const auto& file : sources.files) ExpandSession(*file, statements, interpreter);
  return interpreter.DeclaredSchemas(statements);
}

Result<DesiredState> Interpret(SourceSet& sources, const ExternalNames& external) {
  Interpreter interpreter(AllStatements(), external);
  std::vector<Statement> statements;
  std::vector<std::string> path{"public"};
  for (const auto& file : sources.files) file->ReleaseAnnotations();
  for (const auto& file : sources.files) {
    for (const SearchPath& seen : ExpandSession(*file, statements, interpreter)) {
      for (const std::string& schema : seen) {
        if (std::ranges::find(path, schema) == path.end()) path.push_back(schema);
      }
    }
  }
  interpreter.Run(std::move(statements));
  if (!interpreter.diagnostics().HasErrors()) interpreter.diagnostics().Append(CheckColumnNames(interpreter.schema()));
  interpreter.diagnostics().Sort();
  if (interpreter.diagnostics().HasErrors()) return std::unexpected(interpreter.diagnostics());

  std::set<std::string> schemas;
  for (const auto& [id, object] : interpreter.schema()) {
    if (id.root().kind() == ObjectKind::kNamespace) {
      schemas.insert(id.root().name());
    } else if (!id.schema().empty()) {
      schemas.insert(id.schema());
    }
  }
  return DesiredState{.schema = std::move(interpreter.schema()),
                      .search_path = std::move(path),
                      .schemas = {schemas.begin(), schemas.end()},
                      .warnings = interpreter.diagnostics()};
}

}  // namespace schemadiff
