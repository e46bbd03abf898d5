#include <fmt/format.h>

#include "cli/console.h"
#include "cli/current_report.h"
#include "cli/files.h"
#include "cli/revisions.h"
#include "cli/session.h"
#include "cli/upgrade_commands.h"

namespace schemadiff {
namespace {

Result<Format> CurrentFormat(const CommonOptions& options) {
  const Result<Format> format = ChosenFormat(options);
  if (!format || *format == Format::kText || *format == Format::kJson) return format;
  return Error(ErrorCode::kUsage, "`current` has no such format", "choose one of text, json");
}

Result<void> Tell(const CurrentCommandOptions& options, const Console& console) {
  const Result<Format> format = CurrentFormat(options.common);
  if (!format) return std::unexpected(format.error());
  const Result<History> history = ReadHistory({.common = options.common, .revisions = options.revisions}, console);
  if (!history) return std::unexpected(history.error());
  Result<Session> session = Session::Open(options.common, console);
  if (!session) return std::unexpected(session.error());
  Connection& connection = session->connection();
  Result<Ledger> ledger = ReadLedger(connection);
  if (!ledger) return std::unexpected(ledger.error());
  const CurrentState state{connection.database_name(), std::move(*ledger), history->graph};
  const std::string text = *format == Format::kJson ? CurrentJson(state) : CurrentText(state);
  if (!options.common.out) return console.Out(text);
  Result<void> written = WriteFileAtomically(*options.common.out, text);
  if (written) console.Note("written to " + *options.common.out);
  return written;
}

}  // namespace

int CurrentCommand(const CurrentCommandOptions& options) {
  const Console console(options.common.quiet, options.common.no_color);
  const Result<void> told = Tell(options, console);
  return told ? 0 : console.Fail(told.error());
}

}  // namespace schemadiff
