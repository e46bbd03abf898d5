// FileTree: where the files of a schema are read from, a folder or what a revision of a repository holds.
#pragma once

#include <string>
#include <vector>

#include "support/diagnostic.h"

namespace schemadiff {

/// Files are called by what messages call them.
class FileTree {
 public:
  FileTree() = default;
  FileTree(const FileTree&) = delete;
  FileTree& operator=(const FileTree&) = delete;
  virtual ~FileTree() = default;

  /// The files that the tree was asked for, in order: `*.sql` below folders, and those that were named themselves.
  /// Errors: kBadInput for a path that cannot be read.
  virtual Result<std::vector<std::string>> List() = 0;
  /// The text of a file. Those of List() may be read by several threads at once. Errors: kBadInput, at `location` when
  /// the file is named there.
  virtual Result<std::string> Read(const std::string& file, const SourceLocation& location) = 0;
  /// What a path means that stands in a file.
  virtual std::string Beside(const std::string& file, const std::string& path) const = 0;
  /// The same text for all names of one file.
  virtual std::string Identity(const std::string& file) const = 0;
  /// Whether a file, by its identity, is below one of the folders that the tree was asked for, or beside one of the
  /// files.
  virtual bool Holds(const std::string& identity) const = 0;
  /// Whether the files are a history: their statements are run one after another, in the order of List(), and what they
  /// do to rows is none of the schema's.
  virtual bool IsHistory() const { return false; }
};

}  // namespace schemadiff
