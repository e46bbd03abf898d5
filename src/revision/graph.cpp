#include "revision/graph.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <queue>

#include "revision/listed.h"

namespace schemadiff {
namespace {

SourceLocation HeaderOf(const Revision& revision) { return {.file = revision.file, .offset = 0}; }

std::string PathOf(const Revision& revision) { return revision.file ? revision.file->path() : revision.id; }

void Report(Diagnostics& errors, const Revision& revision, std::string message, std::string hint) {
  errors.Append(Error(ErrorCode::kBadInput, std::move(message), std::move(hint), HeaderOf(revision)).error());
}

}  // namespace

// Keeps the first of each id, so that what else is wrong is found in the same run.
void RevisionGraph::TakeIds(std::vector<Revision>& revisions, Diagnostics& errors) {
  std::ranges::stable_sort(revisions, {}, &Revision::id);
  revisions_.reserve(revisions.size());
  for (Revision& revision : revisions) {
    if (!revisions_.empty() && revisions_.back().id == revision.id) {
      Report(errors, revision, fmt::format("revision `{}` is in `{}`, too", revision.id, PathOf(revisions_.back())),
             "give one of them an id of its own, or remove it");
      continue;
    }
    revisions_.push_back(std::move(revision));
  }
  for (std::size_t i = 0; i < revisions_.size(); ++i) numbers_.emplace(revisions_[i].id, i);
  for (std::size_t i = 0; i < revisions_.size(); ++i) {
    for (const ReplacedRevision& replaced : revisions_[i].replaces) {
      const auto [known, is_new] = numbers_.emplace(replaced.id, i);
      if (is_new || known->second == i) continue;
      const Revision& other = revisions_[known->second];
      if (other.id == replaced.id) {
        Report(errors, other,
               fmt::format("revision `{}` is also a part of `{}`, which `{}` squashes", other.id, revisions_[i].id,
                           PathOf(revisions_[i])),
               "remove its file, or take it out of `replaces` there");
      } else {
        Report(errors, revisions_[i],
               fmt::format("revision `{}` replaces `{}`, and so does `{}` in `{}`", revisions_[i].id, replaced.id,
                           other.id, PathOf(other)),
               "keep one of them");
      }
    }
  }
}

std::vector<RevisionGraph::Numbers> RevisionGraph::FindParents(Diagnostics& errors) const {
  std::vector<Numbers> out(revisions_.size());
  for (std::size_t i = 0; i < revisions_.size(); ++i) {
    for (const std::string& parent : revisions_[i].parents) {
      const auto found = numbers_.find(parent);
      if (found == numbers_.end()) {
        Report(errors, revisions_[i],
               fmt::format("revision `{}` rests on `{}`, which no file has", revisions_[i].id, parent),
               fmt::format("restore the file of `{}`, or correct `parents`", parent));
      } else {
        out[i].push_back(found->second);
      }
    }
    // Two names of one squashed revision are one parent.
    std::ranges::sort(out[i]);
    out[i].erase(std::ranges::unique(out[i]).begin(), out[i].end());
  }
  return out;
}

// Each that could not be placed has a parent that could not; who follows such parents ends in a circle.
void RevisionGraph::ReportCircles(const std::vector<Numbers>& parents, const std::vector<bool>& placed,
                                  Diagnostics& errors) const {
  std::vector<std::size_t> seen(parents.size(), 0);  // By which walk; they count from 1.
  for (std::size_t start = 0; start < parents.size(); ++start) {
    const auto next = [&](std::size_t at) {
      return *std::ranges::find_if(parents[at], [&](std::size_t parent) { return !placed[parent]; });
    };
    if (placed[start] || seen[start] != 0) continue;
    std::size_t at = start;
    for (; seen[at] == 0; at = next(at)) seen[at] = start + 1;
    if (seen[at] != start + 1) continue;
    Numbers circle{at};
    for (std::size_t other = next(at); other != at; other = next(other)) circle.push_back(other);
    std::ranges::rotate(circle, std::ranges::min_element(circle));
    std::vector<std::string> ids;
    for (const std::size_t number : circle) ids.push_back(revisions_[number].id);
    const Revision& first = revisions_[circle.front()];
    Report(errors, first,
           circle.size() == 1 ? fmt::format("revision `{}` rests on itself", first.id)
                              : fmt::format("revisions {} rest on each other in a circle", Listed(ids)),
           "correct `parents` in one of them");
  }
}

// `revisions_` are sorted by id; of those whose parents are placed, the first goes next.
void RevisionGraph::PutInOrder(const std::vector<Numbers>& parents, Diagnostics& errors) {
  const std::size_t size = revisions_.size();
  std::vector<Numbers> children(size);
  Numbers waits_for(size);
  std::priority_queue<std::size_t, Numbers, std::greater<>> ready;
  for (std::size_t i = 0; i < size; ++i) {
    for (const std::size_t parent : parents[i]) children[parent].push_back(i);
    waits_for[i] = parents[i].size();
    if (waits_for[i] == 0) ready.push(i);
  }
  Numbers order;
  std::vector<bool> placed(size, false);
  while (!ready.empty()) {
    const std::size_t next = ready.top();
    ready.pop();
    placed[next] = true;
    order.push_back(next);
    for (const std::size_t child : children[next]) {
      if (--waits_for[child] == 0) ready.push(child);
    }
  }
  if (order.size() < size) ReportCircles(parents, placed, errors);
  if (!errors.empty()) return;
  Numbers place(size);
  for (std::size_t i = 0; i < size; ++i) place[order[i]] = i;
  std::vector<Revision> ordered;
  ordered.reserve(size);
  parents_.resize(size);
  children_.resize(size);
  for (std::size_t i = 0; i < size; ++i) {
    for (const std::size_t parent : parents[order[i]]) {
      parents_[i].push_back(place[parent]);
      children_[place[parent]].push_back(i);
    }
    std::ranges::sort(parents_[i]);
    ordered.push_back(std::move(revisions_[order[i]]));
  }
  revisions_ = std::move(ordered);
  // The ids have moved, and what refers to them with them.
  numbers_.clear();
  for (std::size_t i = 0; i < size; ++i) {
    numbers_.emplace(revisions_[i].id, i);
    for (const ReplacedRevision& replaced : revisions_[i].replaces) numbers_.emplace(replaced.id, i);
  }
}

Result<RevisionGraph> RevisionGraph::Of(std::vector<Revision> revisions) {
  RevisionGraph graph;
  Diagnostics errors;
  graph.TakeIds(revisions, errors);
  const std::vector<Numbers> parents = graph.FindParents(errors);
  graph.PutInOrder(parents, errors);
  if (errors.empty()) return graph;
  errors.Sort();
  return std::unexpected(std::move(errors));
}

std::size_t RevisionGraph::NumberOf(const Revision& revision) const { return numbers_.at(revision.id); }

RevisionGraph::List RevisionGraph::Those(const Numbers& numbers) const {
  List out;
  for (const std::size_t number : numbers) out.push_back(&revisions_[number]);
  return out;
}

const Revision* RevisionGraph::Find(std::string_view id) const {
  const auto found = numbers_.find(id);
  return found == numbers_.end() ? nullptr : &revisions_[found->second];
}

RevisionGraph::List RevisionGraph::Heads() const {
  List out;
  for (std::size_t i = 0; i < revisions_.size(); ++i) {
    if (children_[i].empty()) out.push_back(&revisions_[i]);
  }
  return out;
}

RevisionGraph::List RevisionGraph::Bases() const {
  List out;
  for (std::size_t i = 0; i < revisions_.size(); ++i) {
    if (parents_[i].empty()) out.push_back(&revisions_[i]);
  }
  return out;
}

RevisionGraph::List RevisionGraph::BranchPoints() const {
  List out;
  for (std::size_t i = 0; i < revisions_.size(); ++i) {
    if (children_[i].size() > 1) out.push_back(&revisions_[i]);
  }
  return out;
}

RevisionGraph::List RevisionGraph::Children(const Revision& revision) const {
  return Those(children_[NumberOf(revision)]);
}

RevisionGraph::List RevisionGraph::Parents(const Revision& revision) const {
  return Those(parents_[NumberOf(revision)]);
}

// Parents have smaller numbers, so that one sweep finds them all.
RevisionGraph::List RevisionGraph::Ancestry(std::span<const Revision* const> of) const {
  std::vector<bool> wanted(revisions_.size(), false);
  for (const Revision* revision : of) wanted[NumberOf(*revision)] = true;
  for (std::size_t i = revisions_.size(); i-- > 0;) {
    for (const std::size_t parent : parents_[i]) wanted[parent] = wanted[parent] || wanted[i];
  }
  List out;
  for (std::size_t i = 0; i < revisions_.size(); ++i) {
    if (wanted[i]) out.push_back(&revisions_[i]);
  }
  return out;
}

RevisionGraph::List RevisionGraph::Descendants(const Revision& revision) const {
  const std::size_t number = NumberOf(revision);
  std::vector<bool> wanted(revisions_.size(), false);
  wanted[number] = true;
  List out;
  for (std::size_t i = number + 1; i < revisions_.size(); ++i) {
    wanted[i] = std::ranges::any_of(parents_[i], [&](std::size_t parent) { return wanted[parent]; });
    if (wanted[i]) out.push_back(&revisions_[i]);
  }
  return out;
}

}  // namespace schemadiff
