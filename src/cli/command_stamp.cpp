#include <fmt/format.h>

#include <algorithm>
#include <ranges>

#include "apply/apply_lock.h"
#include "cli/console.h"
#include "cli/ledger_setup.h"
#include "cli/reconcile.h"
#include "cli/revisions.h"
#include "cli/run_plan.h"
#include "cli/session.h"
#include "cli/upgrade_commands.h"
#include "report/words.h"
#include "support/quote.h"

namespace schemadiff {
namespace {

constexpr std::string_view kBase = "base";

// What the ledger is to hold: `heads` and an id with all that they rest on, without what rests on that id; what lies
// beside it stays.
Result<RevisionGraph::List> Wanted(const RevisionGraph& graph, const std::string& target, const Ledger& ledger) {
  if (target == kBase) return RevisionGraph::List();
  if (target == "head" || target == "heads") return UpgradePath(graph, target, {});
  const Result<const Revision*> named = graph.Named(target);
  if (!named) return std::unexpected(named.error());
  const RevisionGraph::List above = graph.Descendants(**named);
  RevisionGraph::List kept{*named};
  for (const LedgerRevision& row : ledger.revisions) {
    const Revision* revision = graph.Find(row.id);
    const bool whole = row.state == RevisionState::kApplied;
    if (revision != nullptr && whole && !std::ranges::contains(above, revision)) kept.push_back(revision);
  }
  return graph.Ancestry(kept);
}

// What the folder does not hold stays only where an id was asked for.
std::vector<std::string> Statements(const RevisionGraph& graph, const RevisionGraph::List& wanted,
                                    const std::string& target, const Ledger& ledger) {
  const LedgerWriter writer = ThisWriter();
  std::vector<std::string> out;
  for (const LedgerRevision& row : ledger.revisions | std::views::reverse) {
    const bool stays = std::ranges::any_of(wanted, [&](const Revision* one) { return one->id == row.id; });
    if (stays || (target != kBase && graph.Find(row.id) == nullptr)) continue;
    std::ranges::move(ledger_sql::Unstamp(row.id, writer), std::back_inserter(out));
  }
  for (const Revision* revision : wanted) {
    const LedgerRevision* row = ledger.Find(revision->id);
    const bool is_there =
        row != nullptr && row->state == RevisionState::kApplied && row->checksum == revision->checksum;
    if (!is_there) std::ranges::move(ledger_sql::Stamp(Recorded(*revision), writer), std::back_inserter(out));
  }
  return out;
}

Result<std::string> Stamp(const StampCommandOptions& options, const Console& console) {
  const Result<std::chrono::milliseconds> wait = ParseWait(options.wait);
  if (!wait) return std::unexpected(wait.error());
  const Result<History> history = ReadHistory({.common = options.common, .revisions = options.revisions}, console);
  if (!history) return std::unexpected(history.error());
  Result<Session> session = Session::Open(options.common, console);
  if (!session) return std::unexpected(session.error());
  Connection& connection = session->connection();
  const Result<ApplyLock> lock = ApplyLock::Take(connection, *wait);
  if (!lock) return std::unexpected(lock.error());
  const Result<Ledger> ledger = ReadLedger(connection);
  if (!ledger) return std::unexpected(ledger.error());
  const Result<RevisionGraph::List> wanted = Wanted(history->graph, options.target, *ledger);
  if (!wanted) return std::unexpected(wanted.error());
  const std::vector<std::string> statements = Statements(history->graph, *wanted, options.target, *ledger);
  const std::string now = fmt::format("database `{}` counts as having {}", OneLine(connection.database_name()),
                                      wanted->empty() ? "no revision" : Plural(wanted->size(), "revision"));
  if (statements.empty()) return "nothing to record: " + now + " already";
  if (Result<void> made = EnsureLedger(*session, *ledger, "schemadiff stamp"); !made)
    return std::unexpected(made.error());
  if (Result<void> done = connection.Execute(Join(statements, ";\n")); !done) return std::unexpected(done.error());
  return "recorded, and nothing run: " + now;
}

}  // namespace

int StampCommand(const StampCommandOptions& options) {
  const Console console(options.common.quiet, options.common.no_color);
  const Result<std::string> text = Stamp(options, console);
  if (!text) return console.Fail(text.error());
  const Result<void> told = console.Out(*text + '\n');
  return told ? 0 : console.Fail(told.error());
}

}  // namespace schemadiff
