#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <set>

#include "cli/commands.h"
#include "cli/console.h"
#include "cli/revisions.h"
#include "cli/settings.h"
#include "cli/squash_revisions.h"
#include "cli/write_revision.h"
#include "report/words.h"

namespace schemadiff {
namespace {

// What stands for all of them; a branch that begins among them would lose its parent.
Result<RevisionGraph::List> ToSquash(const SquashCommandOptions& options, const History& history) {
  const RevisionGraph& graph = history.graph;
  if (graph.empty()) {
    return Error(ErrorCode::kUsage, fmt::format("there are no revisions in `{}`", history.folder),
                 "check `--revisions`");
  }
  const Result<const Revision*> last = graph.Named(options.to);
  if (!last) return std::unexpected(last.error());
  RevisionGraph::List all = graph.Ancestry(RevisionGraph::List{*last});
  for (const Revision* revision : all) {
    if (revision == *last) continue;
    for (const Revision* child : graph.Children(*revision)) {
      if (std::ranges::contains(all, child)) continue;
      return Error(ErrorCode::kUsage, fmt::format("`{}` rests on `{}`, which would go", child->id, revision->id),
                   "merge the branches first, or squash up to where they part");
    }
  }
  if (all.size() > 1 || !options.revisions_format.empty()) return all;
  return Error(ErrorCode::kUsage, fmt::format("`{}` is the first revision", (*last)->id),
               "name a later one with `--to`");
}

std::vector<std::string> PathsOf(const RevisionGraph::List& revisions) {
  std::vector<std::string> paths;
  for (const Revision* revision : revisions) {
    for (const auto& file : {revision->down, revision->file}) {
      if (file) paths.push_back(file->path());
    }
  }
  return paths;
}

Result<void> Remove(const std::vector<std::string>& paths, const std::vector<std::string>& kept) {
  for (const std::string& path : paths) {
    if (std::ranges::contains(kept, path)) continue;
    std::error_code error;
    std::filesystem::remove(path, error);
    if (error) {
      return Error(ErrorCode::kFailed, fmt::format("cannot remove `{}`: {}", path, error.message()),
                   "remove it by hand: the new revision stands in its place");
    }
  }
  return {};
}

// In the place of its own last one it has that one's id; a folder of another tool begins a history of our own.
Revision InPlaceOf(const RevisionGraph::List& all, const SquashCommandOptions& options) {
  Revision revision = NewRevision(options.message.empty() ? fmt::format("squash of {}", Plural(all.size(), "revision"))
                                                          : options.message);
  if (!options.revisions_format.empty()) return revision;
  revision.id = all.back()->id;
  std::set<std::string> seen;
  for (const Revision* replaced : all) {
    for (const ReplacedRevision& earlier : replaced->replaces) {
      if (seen.insert(earlier.id).second) revision.replaces.push_back(earlier);
    }
    if (seen.insert(replaced->id).second) {
      revision.replaces.push_back({.id = replaced->id, .checksum = replaced->checksum});
    }
  }
  return revision;
}

Result<void> Squash(const SquashCommandOptions& options, const Console& console) {
  const Result<int> version = ParsePostgresVersion(options.postgres_version);
  if (!version) return std::unexpected(version.error());
  const Result<Settings> settings = ResolveOfflineSettings(options.common);
  if (!settings) return std::unexpected(settings.error());
  const Result<History> history = ReadHistory(options, console);
  if (!history) return std::unexpected(history.error());
  const Result<RevisionGraph::List> all = ToSquash(options, *history);
  if (!all) return std::unexpected(all.error());
  Revision revision = InPlaceOf(*all, options);
  revision.postgres_version = *version / 10000;
  const Result<Squashed> squashed = SquashRevisions(std::move(revision), *all, *version, settings->pipeline);
  if (!squashed) return std::unexpected(squashed.error());
  const bool own = options.revisions_format.empty();
  const std::string folder = own ? history->folder : options.common.out.value_or(RevisionsFolder(settings->config, ""));
  const std::vector<std::string> replaced = own ? PathsOf(*all) : std::vector<std::string>();
  const Result<std::vector<std::string>> paths = WriteRevision(folder, squashed->texts, replaced);
  if (!paths) return std::unexpected(paths.error());
  if (Result<void> removed = Remove(replaced, *paths); !removed) return removed;
  console.Note(fmt::format("revision {} stands for {}", squashed->texts.revision.id, Plural(all->size(), "revision")));
  for (const std::string& where : squashed->data) console.Note(fmt::format("kept as it is: {}", where));
  if (Result<void> told = TellPaths(*paths, console); !told) return told;
  if (!own) {
    console.Note(
        fmt::format("databases that are in this state already: `schemadiff stamp {}`", squashed->texts.revision.id));
  }
  return {};
}

}  // namespace

int SquashCommand(const SquashCommandOptions& options) {
  const Console console(options.common.quiet, options.common.no_color);
  const Result<void> done = Squash(options, console);
  return done ? 0 : console.Fail(done.error());
}

}  // namespace schemadiff
