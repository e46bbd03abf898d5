#include "parser/parse.h"

#include <algorithm>
#include <utility>

#include "parser/disk_tree.h"
#include "parser/includes.h"
#include "parser/interpreter.h"
#include "parser/read_file.h"
#include "parser/replay.h"
#include "parser/session.h"
#include "support/parallel.h"

namespace schemadiff {
namespace {

std::vector<Statement> RoomForAll(const SourceSet& sources) {
  std::size_t count = 0;
  for (const auto& file : sources.files) count += file->statements().size();
  std::vector<Statement> statements;
  statements.reserve(count);
  return statements;
}

// Parses files[i] into parsed[i]; libpg_query keeps its state per thread.
Result<std::vector<std::unique_ptr<ParsedFile>>> ParseFiles(FileTree& tree, const std::vector<std::string>& files) {
  std::vector<std::unique_ptr<ParsedFile>> parsed(files.size());
  std::vector<Diagnostics> errors(files.size());
  ForEachPart(files.size(), 1, [&](std::size_t i, std::size_t) {
    Result<std::string> text = ReadSqlFile(tree, files[i]);
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

}  // namespace

Result<SourceSet> ReadSources(FileTree& tree) {
  const Result<std::vector<std::string>> files = tree.List();
  if (!files) return std::unexpected(files.error());
  Result<std::vector<std::unique_ptr<ParsedFile>>> parsed = ParseFiles(tree, *files);
  if (!parsed) return std::unexpected(parsed.error());
  SourceSet sources{.files = std::move(*parsed), .is_history = tree.IsHistory()};
  if (Result<void> included = ReadIncluded(tree, sources); !included) return std::unexpected(included.error());
  return sources;
}

Result<SourceSet> ReadSources(const std::vector<std::string>& paths) {
  DiskTree tree(paths);
  return ReadSources(tree);
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
  std::vector<Statement> statements = RoomForAll(sources);
  for (const auto& file : sources.files) ExpandSession(*file, sources.is_history, statements, interpreter);
  return interpreter.DeclaredSchemas(std::move(statements));
}

Result<DesiredState> Interpret(SourceSet& sources, const ExternalNames& external) {
  Interpreter interpreter(AllStatements(), external);
  std::vector<Statement> statements = RoomForAll(sources);
  std::vector<std::string> path{"public"};
  for (const auto& file : sources.files) file->ReleaseAnnotations();
  for (const auto& file : sources.files) {
    for (const SearchPath& seen : ExpandSession(*file, sources.is_history, statements, interpreter)) {
      for (const std::string& schema : seen) {
        if (std::ranges::find(path, schema) == path.end()) path.push_back(schema);
      }
    }
  }
  if (sources.is_history) {
    interpreter.Replay(std::move(statements));
  } else {
    interpreter.Run(std::move(statements));
  }
  return TakeState(interpreter, std::move(path));
}

}  // namespace schemadiff
