// What a revision of a git repository holds, read with git, which checks nothing out for it.
#pragma once

#include <memory>
#include <string_view>

#include "support/file_tree.h"

namespace schemadiff {

/// What `git:REV:path` begins with.
inline constexpr std::string_view kGitPrefix = "git:";

/// The files of `git:REV:path`: REV as git names revisions, the path from the root of the repository on, or from the
/// current folder when it begins with `./`. The repository is that of the current folder. Messages call its files
/// `git:REV:path/file.sql`. Errors: kUsage for text of another form, kBadInput for a revision or path that there is
/// not, or where there is no repository, kFailed without git.
Result<std::unique_ptr<FileTree>> OpenRevision(const std::string& name);

}  // namespace schemadiff
