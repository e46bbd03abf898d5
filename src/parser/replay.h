// Replay: a history that is run piece by piece, and whose state can be asked for on the way.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "parser/interpreter.h"
#include "parser/parse.h"

namespace schemadiff {

Schema CopyOf(const Schema& schema);

/// What an interpreter that is done has come to. Errors: kBadInput, all that it found.
Result<DesiredState> TakeState(Interpreter& interpreter, std::vector<std::string> search_path);

class Replay {
 public:
  explicit Replay(int server_version);
  Replay(const Replay&) = delete;
  Replay& operator=(const Replay&) = delete;

  /// Reads files that come behind those that are there, and runs nothing. Errors: kBadInput for syntax.
  Result<void> Add(FileTree& history);
  /// Runs what was not yet run of the files before that number, and of that one what begins before a byte.
  void RunTo(std::size_t file, std::size_t end);
  void RunAll() { RunTo(sources_.files.size(), 0); }

  /// What has been run so far leads to this. Errors: kBadInput, one for each statement that is wrong.
  Result<DesiredState> State() const;
  const SourceSet& sources() const { return sources_; }
  /// DeclaredSchemas() of the files.
  const std::vector<std::string>& declared_schemas() const { return declared_schemas_; }

 private:
  struct Numbered {
    std::size_t file = 0;
    Statement statement;
  };

  ExternalNames nothing_;
  Interpreter interpreter_;
  SourceSet sources_{.is_history = true};
  std::vector<Numbered> statements_;
  std::size_t next_ = 0;  ///< The statement to be run.
  std::vector<std::string> search_path_{"public"};
  std::vector<std::string> declared_schemas_;
};

}  // namespace schemadiff
