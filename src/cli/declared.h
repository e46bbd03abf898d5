// What files declare, where no database is asked: one side of a diff.
#pragma once

#include <string>
#include <vector>

#include "parser/parse.h"
#include "parser/replay.h"

namespace schemadiff {

struct Declared {
  DesiredState state;
  std::vector<std::string> schemas;  ///< Those that they speak of, also under former names.
  std::string database;              ///< What they call it; empty when they do not.
};

/// Reads and interprets the files of a tree. Errors: kBadInput.
Result<Declared> ReadDeclared(FileTree& tree, int version);
/// What a history leads to as far as it has been run. Errors: kBadInput.
Result<Declared> DeclaredBy(const Replay& replay);
Declared CopyOf(const Declared& declared);

/// The schemas that files declare, or declared once: one that is renamed is managed by its old name, too.
std::vector<std::string> SpokenOf(std::vector<std::string> declared, const DesiredState& state, bool is_history);

}  // namespace schemadiff
