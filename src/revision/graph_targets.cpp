// What the words of a command line name in a RevisionGraph.
#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <optional>
#include <unordered_set>

#include "report/words.h"
#include "revision/graph.h"
#include "revision/listed.h"

namespace schemadiff {
namespace {

using List = RevisionGraph::List;

constexpr const char* kSeeHistory = "`schemadiff history` lists them";
constexpr const char* kWriteOne = "write one with `schemadiff revision -m MESSAGE`";

std::unexpected<Diagnostics> NoneThere() { return Error(ErrorCode::kUsage, "there are no revisions", kWriteOne); }

// Of `+2` or `-2`; nothing when it is no such text.
std::optional<std::size_t> Steps(std::string_view target, char sign) {
  if (target.size() < 2 || target.front() != sign) return std::nullopt;
  std::size_t out = 0;
  const auto [end, error] = std::from_chars(target.data() + 1, target.data() + target.size(), out);
  if (error != std::errc() || end != target.data() + target.size()) return std::nullopt;
  return out;
}

List Without(const List& all, const List& some) {
  const std::unordered_set<const Revision*> left_out(some.begin(), some.end());
  List out;
  for (const Revision* revision : all) {
    if (!left_out.contains(revision)) out.push_back(revision);
  }
  return out;
}

List Common(const List& all, const List& some) { return Without(all, Without(all, some)); }

std::unexpected<Diagnostics> TooMany(std::string_view target, std::size_t there, std::string_view what,
                                     std::string_view way_out) {
  return Error(ErrorCode::kUsage,
               fmt::format("`{}` asks for more than the {} {}", target, Plural(there, "revision"), what),
               fmt::format("use `{}` for all of them", way_out));
}

Result<const Revision*> OnlyHead(const List& heads, std::string_view above) {
  if (heads.size() == 1) return heads.front();
  const std::string where = above.empty() ? std::string() : fmt::format(" above `{}`", above);
  return Error(ErrorCode::kUsage, fmt::format("there are {} heads{}: {}", heads.size(), where, Listed(heads)),
               "name one of them, take all with `heads`, or join them with `schemadiff merge`");
}

}  // namespace

Result<const Revision*> RevisionGraph::Named(std::string_view text) const {
  if (text.empty()) {
    return Error(ErrorCode::kUsage, "no revision is named", "give an id, or the beginning of one");
  }
  if (empty()) return NoneThere();
  if (const Revision* found = Find(text)) return found;
  if (text == "head") return OnlyHead(Heads(), {});
  if (text.ends_with("@head")) {
    const Result<const Revision*> from = Named(text.substr(0, text.size() - 5));
    if (!from) return from;
    List above = Descendants(**from);
    above.push_back(*from);
    return OnlyHead(Common(Heads(), above), (*from)->id);
  }
  std::vector<std::string> ids;
  const Revision* only = nullptr;
  bool several = false;
  for (const auto& [id, number] : numbers_) {
    if (!id.starts_with(text)) continue;
    ids.emplace_back(id);
    several = several || (only != nullptr && only != &revisions_[number]);
    only = &revisions_[number];
  }
  if (several) {
    std::ranges::sort(ids);
    return Error(ErrorCode::kUsage, fmt::format("`{}` is the beginning of {}", OneLine(text), Listed(ids)),
                 "give more of the id");
  }
  if (only != nullptr) return only;
  return Error(ErrorCode::kUsage, fmt::format("there is no revision `{}`", OneLine(text)), kSeeHistory);
}

std::vector<std::string> UnknownIds(const RevisionGraph& graph, const std::set<std::string>& applied) {
  std::vector<std::string> out;
  for (const std::string& id : applied) {
    if (graph.Find(id) == nullptr) out.push_back(id);
  }
  return out;
}

Result<List> AppliedRevisions(const RevisionGraph& graph, const std::set<std::string>& applied) {
  List out;
  Diagnostics errors;
  for (const Revision& revision : graph.revisions()) {
    if (applied.contains(revision.id)) {
      out.push_back(&revision);
      continue;
    }
    std::vector<std::string> lacking;
    for (const ReplacedRevision& replaced : revision.replaces) {
      if (!applied.contains(replaced.id)) lacking.push_back(replaced.id);
    }
    if (lacking.size() == revision.replaces.size()) continue;
    if (lacking.empty()) {
      out.push_back(&revision);
      continue;
    }
    errors.Append(Error(ErrorCode::kFailed,
                        fmt::format("only a part of the squashed revision `{}` is applied: {} {} not", revision.id,
                                    Listed(lacking), lacking.size() == 1 ? "is" : "are"),
                        "upgrade this database with the files from before the squash first",
                        {.file = revision.file, .offset = 0})
                      .error());
  }
  if (!errors.empty()) return std::unexpected(std::move(errors));
  return out;
}

Result<List> UpgradePath(const RevisionGraph& graph, std::string_view target, const std::set<std::string>& applied) {
  if (graph.empty()) return NoneThere();
  const Result<List> done = AppliedRevisions(graph, applied);
  if (!done) return done;
  if (target == "heads") return Without(graph.Ancestry(graph.Heads()), *done);
  const std::optional<std::size_t> steps = Steps(target, '+');
  if (steps == 0 || (!steps && target.starts_with('+'))) {
    return Error(ErrorCode::kUsage, fmt::format("`{}` is no number of revisions", OneLine(target)),
                 "write it as in `+1`");
  }
  const Result<const Revision*> end = graph.Named(steps ? "head" : target);
  if (!end) return std::unexpected(end.error());
  List path = Without(graph.Ancestry(std::span(&*end, 1)), *done);
  if (!steps) return path;
  if (*steps > path.size()) return TooMany(target, path.size(), "that are left", "head");
  path.resize(*steps);
  return path;
}

Result<List> DowngradePath(const RevisionGraph& graph, std::string_view target, const std::set<std::string>& applied) {
  if (const std::vector<std::string> unknown = UnknownIds(graph, applied); !unknown.empty()) {
    return Error(ErrorCode::kFailed,
                 fmt::format("the database has {} {}, which no file has",
                             unknown.size() == 1 ? "revision" : "revisions", Listed(unknown)),
                 "what rests on what is not known without: use the folder of revisions that it was upgraded with");
  }
  Result<List> done = AppliedRevisions(graph, applied);
  if (!done) return done;
  std::ranges::reverse(*done);
  if (target == "base") return done;
  if (graph.empty()) return NoneThere();
  if (target.starts_with('-')) {
    const std::optional<std::size_t> steps = Steps(target, '-');
    if (!steps || *steps == 0) {
      return Error(ErrorCode::kUsage, fmt::format("`{}` is no number of revisions", OneLine(target)),
                   "write it as in `-1`");
    }
    if (*steps > done->size()) return TooMany(target, done->size(), "that are applied", "base");
    // What rests on another comes after it: the end of the order rests under nothing.
    done->resize(*steps);
    return done;
  }
  const Result<const Revision*> to = graph.Named(target);
  if (!to) return std::unexpected(to.error());
  if (!std::ranges::contains(*done, *to)) {
    return Error(ErrorCode::kUsage, fmt::format("revision `{}` is not applied", (*to)->id),
                 "name one that is: `schemadiff current` tells the last ones");
  }
  return Common(*done, graph.Descendants(**to));
}

Result<List> RevisionRange(const RevisionGraph& graph, std::string_view range) {
  const std::size_t colon = range.find(':');
  if (colon == std::string_view::npos) {
    return Error(ErrorCode::kUsage, fmt::format("`{}` is no range of revisions", OneLine(range)),
                 "write `A:B`, `A:` or `:B`");
  }
  const std::string_view from = range.substr(0, colon);
  const std::string_view to = range.substr(colon + 1);
  List ends = graph.Heads();
  if (!to.empty() && to != "heads") {
    const Result<const Revision*> end = graph.Named(to);
    if (!end) return std::unexpected(end.error());
    ends = {*end};
  }
  List out = graph.Ancestry(ends);
  if (from.empty() || from == "base") return out;
  const Result<const Revision*> begin = graph.Named(from);
  if (!begin) return std::unexpected(begin.error());
  List above = graph.Descendants(**begin);
  above.push_back(*begin);
  return Common(out, above);
}

}  // namespace schemadiff
