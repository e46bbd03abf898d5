#include "cli/replay_ahead.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "cli/allow.h"
#include "cli/declared.h"
#include "cli/make_revision.h"

namespace schemadiff {
namespace {

Result<Diagnostics> WarningsOf(const RevisionGraph::List& history, int server_version) {
  Result<Declared> reached = ReadDeclared(*HistoryOf(history), server_version);
  if (!reached) return std::unexpected(reached.error());
  if (Result<void> fine = CheckAllowances(reached->state.schema); !fine) return std::unexpected(fine.error());
  return std::move(reached->state.warnings);
}

// What is wrong with the database's own revisions would be found by whoever comes next.
Diagnostic CannotTell(const Diagnostic& error) {
  return {.code = error.code,
          .severity = Severity::kWarning,
          .location = error.location,
          .message = fmt::format(
              "what the database has already cannot be replayed, and so what it is to run is not looked at: {}",
              error.message),
          .hint = "`schemadiff squash`, `revision` and `merge` cannot go on from there either"};
}

}  // namespace

Result<Diagnostics> ReplayAhead(const RevisionGraph& graph, const Reconciled& there,
                                const std::vector<RunningRevision>& to_run, int server_version) {
  RevisionGraph::List all;
  RevisionGraph::List ahead;
  std::set<std::string> paths;
  for (const LedgerRevision& row : there.revisions) {
    if (const Revision* revision = graph.Find(row.id)) all.push_back(revision);
  }
  for (const RunningRevision& running : to_run) {
    const Revision* revision = graph.Find(running.recorded.id);
    all.push_back(revision);
    if (running.is_begun) continue;
    ahead.push_back(revision);
    paths.insert(revision->file->path());
  }
  if (ahead.empty()) return Diagnostics();
  RevisionGraph::List history = graph.Ancestry(all);
  std::erase_if(history, [&](const Revision* revision) { return paths.contains(revision->file->path()); });
  std::ranges::copy(ahead, std::back_inserter(history));

  const Result<Diagnostics> replayed = WarningsOf(history, server_version);
  Diagnostics errors;
  Diagnostics warnings;
  for (const Diagnostic& item : (replayed ? *replayed : replayed.error()).items()) {
    const bool is_ahead = item.location.file != nullptr && paths.contains(item.location.file->path());
    if (item.severity == Severity::kWarning && is_ahead) warnings.Add(item);
    if (item.severity == Severity::kWarning) continue;
    if (!is_ahead) return Diagnostics(CannotTell(item));
    errors.Add(item);
  }
  if (!errors.empty()) return std::unexpected(errors);
  return warnings;
}

}  // namespace schemadiff
