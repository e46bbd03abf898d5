// From SQL files to the desired Schema.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "model/external_names.h"
#include "model/schema.h"
#include "parser/parsed_file.h"
#include "support/file_tree.h"

namespace schemadiff {

/// All files of the desired schema, parsed but not yet interpreted: this part needs no database.
struct SourceSet {
  std::vector<std::unique_ptr<ParsedFile>>
      files;                ///< In the order of their paths; included files where they are named.
  bool is_history = false;  ///< FileTree::IsHistory().
};

struct DesiredState {
  Schema schema;
  std::vector<std::string> search_path;  ///< All schemas that unqualified names were looked up in, in order.
  std::vector<std::string> schemas;      ///< Those in which something is declared; sorted.
  Diagnostics warnings;
};

/// Reads and parses the files of a tree, in parallel. Errors: kBadInput for what cannot be read and for each syntax
/// error.
Result<SourceSet> ReadSources(FileTree& tree);
/// The same for files and folders of this machine.
Result<SourceSet> ReadSources(const std::vector<std::string>& paths);

/// Parses text that is no file, e.g. in tests; `path` is what messages call it.
Result<SourceSet> ParseText(std::string path, std::string text);

/// The schemas in which the files declare something, from the names that their statements create; sorted.
std::vector<std::string> DeclaredSchemas(SourceSet& sources);

/// Interprets the statements of all files; may be repeated with other names. `external` tells what else exists in the
/// database. Errors: kBadInput, one for each statement that is wrong.
Result<DesiredState> Interpret(SourceSet& sources, const ExternalNames& external);

}  // namespace schemadiff
