#include "cli/merge_revisions.h"

#include <fmt/format.h>

#include <algorithm>
#include <ranges>
#include <set>

#include "cli/make_revision.h"
#include "parser/tokens.h"
#include "revision/script.h"
#include "support/quote.h"

namespace schemadiff {
namespace {

using List = RevisionGraph::List;

// What rests on each head, those of the heads before it left out.
template <typename Heads>
List InOrder(const RevisionGraph& graph, Heads&& heads) {
  List out;
  std::set<const Revision*> seen;
  for (const Revision* head : heads) {
    for (const Revision* revision : graph.Ancestry(List{head})) {
      if (seen.insert(revision).second) out.push_back(revision);
    }
  }
  return out;
}

// What a head does not share with all the others.
List OwnOf(const RevisionGraph& graph, const List& heads, const Revision* head) {
  List own = graph.Ancestry(List{head});
  for (const Revision* other : heads) {
    if (other == head) continue;
    const List shared = graph.Ancestry(List{other});
    std::erase_if(own, [&](const Revision* revision) { return std::ranges::contains(shared, revision); });
  }
  return own;
}

bool IsWithin(std::string_view name, std::string_view whole) {
  return name == whole || (name.starts_with(whole) && name[whole.size()] == '.');
}

// Whether a step speaks of an object: by its comment, or else by a word of its text.
bool SpeaksOf(const Step& step, std::string_view object) {
  if (step.verb != Verb::kRun) return IsWithin(step.object_name, object) || IsWithin(object, step.object_name);
  const std::string name = SplitQualified(object.substr(0, object.find('('))).second;
  return std::ranges::any_of(step.sql, [&](const std::string& sql) {
    const Tokens tokens(sql);
    for (std::size_t i = 0; i < tokens.size(); ++i) {
      if (tokens.Is(i, name)) return true;
    }
    return false;
  });
}

// `revisions/1_a.sql:12, revisions/1_a.sql:20`.
std::vector<std::string> LinesAbout(std::string_view object, const List& revisions) {
  std::vector<std::string> lines;
  for (const Revision* revision : revisions) {
    const Result<Script> script = ReadScript(revision->file);
    if (!script) continue;
    for (const Step& step : script->steps) {
      if (SpeaksOf(step, object)) lines.push_back(step.source);
    }
  }
  return lines;
}

}  // namespace

Result<void> CheckMerge(const RevisionGraph& graph, const List& heads, int version, const PipelineOptions& options) {
  PipelineOptions exact = options;
  exact.manage = ExactlyManaged(exact.manage);
  const Result<PlannedMigration> difference = MakeDiff({.from = HistoryOf(InOrder(graph, heads)),
                                                        .to = HistoryOf(InOrder(graph, heads | std::views::reverse)),
                                                        .version = version},
                                                       exact);
  if (!difference) {
    Diagnostics errors;
    for (Diagnostic problem : difference.error().items()) {
      problem.code = ErrorCode::kFailed;
      errors.Add(std::move(problem));
    }
    errors.Append(Error(ErrorCode::kFailed, "the branches cannot be run in both orders, and so cannot be merged",
                        "change one of them so that it does not matter which comes first; nothing was written")
                      .error());
    return std::unexpected(errors);
  }
  std::set<std::string> told;
  Diagnostics conflicts;
  for (const Step& step : difference->plan.steps) {
    if (!told.insert(step.object_kind + " " + step.object_name).second) continue;
    std::vector<std::string> sides;
    for (const Revision* head : heads) {
      const std::vector<std::string> lines = LinesAbout(step.object_name, OwnOf(graph, heads, head));
      if (!lines.empty()) sides.push_back(Join(lines, ", "));
    }
    conflicts.Append(Error(ErrorCode::kFailed,
                           fmt::format("conflict: {} {} is not the same when the branches run the other way round",
                                       step.object_kind, step.object_name),
                           sides.empty() ? "" : "see " + Join(sides, " and "))
                         .error());
  }
  if (conflicts.empty()) return {};
  conflicts.Append(Error(ErrorCode::kFailed, "the branches are in conflict, and were not merged",
                         "let one of them leave the object to the other, or put one on top of the other: change its "
                         "`parents`; nothing was written")
                       .error());
  return std::unexpected(conflicts);
}

}  // namespace schemadiff
