// history, heads, branches and show: what the folder of revisions holds. None of them needs a database.
#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <functional>

#include "cli/commands.h"
#include "cli/console.h"
#include "cli/revisions.h"
#include "report/words.h"
#include "revision/history_text.h"

namespace schemadiff {
namespace {

using List = RevisionGraph::List;
using TextOf = std::function<Result<std::string>(const RevisionGraph& graph, bool json)>;

Result<bool> WantsJson(const CommonOptions& options) {
  const Result<Format> format = ChosenFormat(options);
  if (!format) return std::unexpected(format.error());
  if (*format == Format::kText || *format == Format::kJson) return *format == Format::kJson;
  return Error(ErrorCode::kUsage, fmt::format("revisions are not listed as `{}`", options.format),
               "choose one of text, json");
}

// Prints what is made of the history. Where that is no line at all, `nothing` says why.
int Print(const RevisionReadOptions& options, std::string_view nothing, const TextOf& make) {
  const Console console(options.common.quiet, options.common.no_color);
  const Result<bool> json = WantsJson(options.common);
  if (!json) return console.Fail(json.error());
  const Result<History> history = ReadHistory(options, console);
  if (!history) return console.Fail(history.error());
  spdlog::info("read {} from `{}`", Plural(history->graph.revisions().size(), "revision"), history->folder);
  const Result<std::string> text = make(history->graph, *json);
  if (!text) return console.Fail(text.error());
  if (text->empty()) {
    console.Note(history->graph.empty() ? fmt::format("there are no revisions in `{}`", OneLine(history->folder))
                                        : std::string(nothing));
  }
  const Result<void> written = console.Out(*text);
  return written ? 0 : console.Fail(written.error());
}

}  // namespace

int HistoryCommand(const RevisionReadOptions& options) {
  return Print(options, "no revision is in this range", [&](const RevisionGraph& graph, bool json) {
    return RevisionRange(graph, options.range.empty() ? ":" : options.range).transform([&](const List& listed) {
      return json ? RevisionsJson(graph, listed) : HistoryText(graph, listed);
    });
  });
}

int HeadsCommand(const RevisionReadOptions& options) {
  return Print(options, "there are no heads", [](const RevisionGraph& graph, bool json) -> Result<std::string> {
    return json ? RevisionsJson(graph, graph.Heads()) : HeadsText(graph);
  });
}

int BranchesCommand(const RevisionReadOptions& options) {
  return Print(options, "the history has no branches",
               [](const RevisionGraph& graph, bool json) -> Result<std::string> {
                 return json ? RevisionsJson(graph, graph.BranchPoints()) : BranchesText(graph);
               });
}

int ShowCommand(const RevisionReadOptions& options) {
  return Print(options, {}, [&](const RevisionGraph& graph, bool json) {
    return graph.Named(options.id).transform([&](const Revision* revision) {
      if (json) return RevisionJson(graph, *revision);
      return RevisionFacts(graph, *revision) + RevisionSql(*revision);
    });
  });
}

}  // namespace schemadiff
