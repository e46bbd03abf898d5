#include "cli/state.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "cli/make_revision.h"
#include "cli/settings.h"
#include "git/revision.h"
#include "parser/disk_tree.h"

namespace schemadiff {

namespace {

// Ids of our own have no dots or slashes, which files mostly do.
bool MayBeRevision(const std::string& name) {
  std::error_code unknown;
  const bool is_path = name.find('/') != std::string::npos || name.ends_with(".sql");
  return !is_path && !std::filesystem::exists(name, unknown);
}

bool IsNoRevision(const RevisionGraph& graph, const std::string& name) {
  return !name.starts_with("head") && std::ranges::none_of(graph.revisions(), [&](const Revision& revision) {
    return revision.id.starts_with(name);
  });
}

}  // namespace

bool IsDatabase(std::string_view name) {
  return name == kEmbedded || name.starts_with("postgresql://") || name.starts_with("postgres://");
}

Result<std::unique_ptr<FileTree>> OpenState(std::string_view option, const std::string& name,
                                            const std::function<Result<History>()>& history) {
  if (name.empty()) {
    return Error(ErrorCode::kUsage, fmt::format("`{}` is not given", option),
                 "name a file, a folder, `git:REV:path` or a revision");
  }
  if (IsDatabase(name)) {
    return Error(ErrorCode::kUsage, fmt::format("`{}` names files or a revision, and no database", option),
                 "give the database with `--from`");
  }
  if (name.starts_with(kGitPrefix)) return OpenRevision(name);
  if (MayBeRevision(name)) {
    const Result<History> read = history();
    if (!read) return std::unexpected(read.error());
    if (name == "base") return HistoryOf({});
    const Result<const Revision*> revision = read->graph.Named(name);
    if (!revision && IsNoRevision(read->graph, name)) {
      return Error(ErrorCode::kBadInput, fmt::format("there is no file, folder or revision `{}`", name),
                   fmt::format("correct `{}`; `schemadiff history` lists the revisions", option));
    }
    if (!revision) return std::unexpected(revision.error());
    return HistoryOf(read->graph.Ancestry(RevisionGraph::List{*revision}));
  }
  return std::make_unique<DiskTree>(std::vector{name});
}

}  // namespace schemadiff
