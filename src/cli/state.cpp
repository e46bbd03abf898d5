#include "cli/state.h"

#include <fmt/format.h>

#include "git/revision.h"
#include "parser/disk_tree.h"

namespace schemadiff {

Result<std::unique_ptr<FileTree>> OpenState(std::string_view option, const std::string& name) {
  if (name.empty()) {
    return Error(ErrorCode::kUsage, fmt::format("`{}` is not given", option),
                 "name a file, a folder, or `git:REV:path`");
  }
  if (name.starts_with("postgresql://") || name.starts_with("postgres://")) {
    return Error(ErrorCode::kUsage, fmt::format("`{}` names files, and no database", option),
                 "`schemadiff plan --database-url URL --schema PATH` plans from a database");
  }
  if (name.starts_with(kGitPrefix)) return OpenRevision(name);
  return std::make_unique<DiskTree>(std::vector{name});
}

}  // namespace schemadiff
