#include <fmt/format.h>

#include "cli/commands.h"
#include "cli/console.h"
#include "cli/merge_revisions.h"
#include "cli/revisions.h"
#include "cli/settings.h"
#include "cli/write_revision.h"
#include "report/words.h"
#include "revision/listed.h"
#include "revision/script.h"

namespace schemadiff {
namespace {

// Those that are named, or all heads.
Result<RevisionGraph::List> HeadsToMerge(const MergeCommandOptions& options, const History& history) {
  RevisionGraph::List heads = history.graph.Heads();
  if (!options.heads.empty()) {
    const RevisionGraph::List all = std::move(heads);
    heads = {};
    for (const std::string& name : options.heads) {
      const Result<const Revision*> named = history.graph.Named(name);
      if (!named) return std::unexpected(named.error());
      if (!std::ranges::contains(all, *named)) {
        return Error(ErrorCode::kUsage, fmt::format("`{}` is no head: others rest on it", (*named)->id),
                     fmt::format("the heads are {}", Listed(all)));
      }
      if (!std::ranges::contains(heads, *named)) heads.push_back(*named);
    }
  }
  if (heads.size() >= 2) return heads;
  return Error(ErrorCode::kUsage,
               fmt::format("there is nothing to merge in `{}`: {}", history.folder, Plural(heads.size(), "head")),
               "name two heads or more; `schemadiff heads` lists them");
}

Result<void> Merge(const MergeCommandOptions& options, const Console& console) {
  const Result<int> version = ParsePostgresVersion(options.postgres_version);
  if (!version) return std::unexpected(version.error());
  const Result<Settings> settings = ResolveOfflineSettings(options.common);
  if (!settings) return std::unexpected(settings.error());
  const Result<History> history = ReadHistory(options, console);
  if (!history) return std::unexpected(history.error());
  const Result<RevisionGraph::List> heads = HeadsToMerge(options, *history);
  if (!heads) return std::unexpected(heads.error());
  if (Result<void> fine = CheckMerge(history->graph, *heads, *version, settings->pipeline); !fine) return fine;
  Revision revision = NewRevision(options.message.empty() ? "merge" : options.message);
  for (const Revision* head : *heads) revision.parents.push_back(head->id);
  RevisionTexts made{.revision = std::move(revision), .up = {}, .down = {}, .steps = 0, .warnings = {}};
  made.up = ScriptText(made.revision, Plan(), false);
  made.down = ScriptText(made.revision, Plan(), true);
  const Result<std::vector<std::string>> paths = WriteRevision(history->folder, made);
  if (!paths) return std::unexpected(paths.error());
  console.Note(fmt::format("revision {} joins {}", made.revision.id, Listed(*heads)));
  return TellPaths(*paths, console);
}

}  // namespace

int MergeCommand(const MergeCommandOptions& options) {
  const Console console(options.common.quiet, options.common.no_color);
  const Result<void> done = Merge(options, console);
  return done ? 0 : console.Fail(done.error());
}

}  // namespace schemadiff
