// Files and folders of this machine.
#pragma once

#include <filesystem>

#include "support/file_tree.h"

namespace schemadiff {

/// All `*.sql` below folders, through links too, apart from hidden ones; and files by their names.
class DiskTree : public FileTree {
 public:
  explicit DiskTree(std::vector<std::string> paths) : paths_(std::move(paths)) {}

  Result<std::vector<std::string>> List() override;
  Result<std::string> Read(const std::string& file, const SourceLocation& location) override;
  std::string Beside(const std::string& file, const std::string& path) const override;
  std::string Identity(const std::string& file) const override;
  bool Holds(const std::string& identity) const override;

 private:
  std::vector<std::string> paths_;
};

}  // namespace schemadiff
