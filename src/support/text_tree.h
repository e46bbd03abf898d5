// Files that are held in memory: revisions, a dump, what is built into the program.
#pragma once

#include <memory>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "support/file_tree.h"

namespace schemadiff {

class TextTree : public FileTree {
 public:
  enum class Order : std::uint8_t { kAny, kHistory };

  /// The files in their order. With kHistory their statements are run one after another.
  TextTree(std::vector<std::shared_ptr<const SourceFile>> files, Order order)
      : order_(order), files_(std::move(files)) {
    for (const auto& file : files_) by_path_[file->path()] = file.get();
  }

  Result<std::vector<std::string>> List() override {
    std::vector<std::string> paths;
    for (const auto& file : files_) paths.push_back(file->path());
    return paths;
  }
  Result<std::string> Read(const std::string& file, const SourceLocation& location) override {
    const auto found = by_path_.find(file);
    if (found != by_path_.end()) return found->second->text();
    return Error(ErrorCode::kBadInput, "`" + file + "` cannot be included here", "write its statements in its place",
                 location);
  }
  std::string Beside(const std::string& /*file*/, const std::string& path) const override { return path; }
  std::string Identity(const std::string& file) const override { return file; }
  bool Holds(const std::string& /*identity*/) const override { return true; }
  bool IsHistory() const override { return order_ == Order::kHistory; }

 private:
  Order order_;
  std::vector<std::shared_ptr<const SourceFile>> files_;
  std::unordered_map<std::string, const SourceFile*> by_path_;
};

}  // namespace schemadiff
