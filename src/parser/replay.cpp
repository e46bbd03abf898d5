#include "parser/replay.h"

#include <algorithm>
#include <iterator>
#include <set>
#include <utility>

#include "parser/column_names.h"
#include "parser/session.h"

namespace schemadiff {
namespace {

ExternalNames NothingOn(int server_version) {
  ExternalNames nothing;
  nothing.version = server_version;
  return nothing;
}

}  // namespace

Schema CopyOf(const Schema& schema) {
  Schema copy;
  for (const auto& [id, object] : schema) copy.Add(object);
  return copy;
}

Interpreter::Interpreter(const Interpreter& other)
    : registry_(other.registry_),
      schema_(CopyOf(other.schema_)),
      names_(other.names_),
      diagnostics_(other.diagnostics_),
      relations_(other.relations_),
      constraints_(other.constraints_),
      position_(other.position_),
      replays_(other.replays_),
      names_collations_(other.names_collations_) {}

Interpreter Interpreter::Finished(const std::vector<Statement>& statements) const {
  Interpreter copy(*this);
  copy.Finish(statements);
  return copy;
}

Result<DesiredState> TakeState(Interpreter& interpreter, std::vector<std::string> search_path) {
  if (!interpreter.diagnostics().HasErrors()) interpreter.diagnostics().Append(CheckColumnNames(interpreter.schema()));
  interpreter.diagnostics().Sort();
  if (interpreter.diagnostics().HasErrors()) return std::unexpected(interpreter.diagnostics());

  std::set<std::string> schemas;
  ObjectId last;
  for (const auto& [id, object] : interpreter.schema()) {
    // Members mostly follow each other.
    const ObjectId root = id.root();
    if (std::exchange(last, root) == root) continue;
    if (root.kind() == ObjectKind::kNamespace) {
      schemas.insert(root.name());
    } else if (!root.schema().empty()) {
      schemas.insert(root.schema());
    }
  }
  return DesiredState{.schema = std::move(interpreter.schema()),
                      .search_path = std::move(search_path),
                      .schemas = {schemas.begin(), schemas.end()},
                      .warnings = interpreter.diagnostics()};
}

Replay::Replay(int server_version) : nothing_(NothingOn(server_version)), interpreter_(AllStatements(), nothing_) {
  interpreter_.BeginReplay();
}

Result<void> Replay::Add(FileTree& history) {
  Result<SourceSet> added = ReadSources(history);
  if (!added) return std::unexpected(added.error());
  std::ranges::move(DeclaredSchemas(*added), std::back_inserter(declared_schemas_));
  for (std::unique_ptr<ParsedFile>& file : added->files) {
    std::vector<Statement> statements;
    for (const SearchPath& seen : ExpandSession(*file, true, statements, interpreter_)) {
      for (const std::string& schema : seen) {
        if (!std::ranges::contains(search_path_, schema)) search_path_.push_back(schema);
      }
    }
    for (Statement& statement : statements) statements_.push_back({sources_.files.size(), std::move(statement)});
    sources_.files.push_back(std::move(file));
  }
  return {};
}

void Replay::RunTo(std::size_t file, std::size_t end) {
  std::vector<Statement> statements;
  for (; next_ < statements_.size(); ++next_) {
    const auto& [number, statement] = statements_[next_];
    if (number > file || (number == file && statement.file->tokens()[statement.token_begin].start >= end)) break;
    statements.push_back(statement);
  }
  interpreter_.ReplayMore(std::move(statements));
}

Result<DesiredState> Replay::State() const {
  // Annotations of a file that is run in part may speak of what is to come.
  std::vector<Statement> whole;
  const std::size_t open = next_ < statements_.size() ? statements_[next_].file : sources_.files.size();
  for (const auto& [number, statement] : statements_) {
    if (number < open) whole.push_back(statement);
  }
  Interpreter finished = interpreter_.Finished(whole);
  return TakeState(finished, search_path_);
}

}  // namespace schemadiff
