#include "cli/revision_plan.h"

#include <fmt/format.h>

#include <algorithm>

#include "report/words.h"
#include "revision/script.h"
#include "support/version.h"

namespace schemadiff {
namespace {

// A merge has nothing to run, and is recorded all the same.
Step NothingToRun(const Revision& revision) {
  Step step{.object_kind = "revision", .object_name = revision.id, .owner_name = revision.id, .verb = Verb::kRun};
  step.note = "nothing to run; it is recorded";
  return step;
}

class Builder {
 public:
  explicit Builder(Direction direction) : direction_(direction) {
    out_.plan.tool_version = std::string(kVersion);
    out_.plan.search_path = "public";
  }

  Result<void> Add(const Revision& revision, const LedgerRevision* row) {
    Result<Script> read = Read(revision);
    if (!read) return std::unexpected(read.error());
    Script& script = *read;
    if (script.steps.empty()) script.steps.push_back(NothingToRun(revision));
    Number(revision, script);
    const RevisionState half_done =
        direction_ == Direction::kUpgrade ? RevisionState::kApplying : RevisionState::kReverting;
    const bool is_begun = row != nullptr && row->state == half_done;
    if (is_begun) Resume(revision, *row, script);
    const int first_group = out_.plan.steps.empty() ? 0 : out_.plan.steps.back().group;
    const int passed = script.steps.front().group - 1;
    out_.revisions.push_back({.recorded = Recorded(revision), .steps = steps_, .is_begun = is_begun});
    for (Step& step : script.steps) {
      step.group += first_group - passed;
      out_.plan.steps.push_back(std::move(step));
    }
    return {};
  }

  RevisionPlan Take() { return std::move(out_); }

 private:
  // Of what ran nothing, there is nothing to take back.
  Result<Script> Read(const Revision& revision) const {
    if (direction_ == Direction::kUpgrade) return ReadScript(revision.file);
    if (revision.down != nullptr) return ReadScript(revision.down);
    Result<Script> up = ReadScript(revision.file);
    if (!up || up->steps.empty()) return up;
    return Error(ErrorCode::kRefused, fmt::format("revision `{}` ({}) has no way back", revision.id, revision.message),
                 fmt::format("nothing was done; write one beside `{}`, ending in `.down.sql`", revision.file->path()));
  }

  void Number(const Revision& revision, Script& script) {
    steps_ = static_cast<int>(script.steps.size());
    for (std::size_t i = 0; i < script.steps.size(); ++i) {
      Step& step = script.steps[i];
      step.revision = revision.id;
      step.revision_step = static_cast<int>(i) + 1;
      step.session = script.session;
      step.group = std::max(step.group, 1);
      if (step.owner_name.empty()) step.owner_name = step.object_name;
    }
  }

  // Leaves out what is done, and has what was cut off cleared away first.
  void Resume(const Revision& revision, const LedgerRevision& row, Script& script) {
    const auto done = static_cast<std::ptrdiff_t>(std::min(row.steps_done, steps_));
    out_.plan.notes.push_back(fmt::format("revision {} is half done: {} of {} are done already", revision.id, done,
                                          Plural(script.steps.size(), "step")));
    script.steps.erase(script.steps.begin(), script.steps.begin() + done);
    if (script.steps.empty()) {
      script.steps.push_back(NothingToRun(revision));
      Step& step = script.steps.front();
      step.revision = revision.id;
      step.revision_step = steps_;
      step.session = script.session;
      step.group = 1;
      return;
    }
    BeginAnew(row, script.steps.front());
  }

  // A step outside transactions may have been cut off before, in or after its work.
  void BeginAnew(const LedgerRevision& row, Step& step) {
    const bool was_cut_off = row.last && row.last->number == step.revision_step &&
                             step.transaction == TransactionMode::kNone &&
                             (row.last->state == "started" || row.last->state == "interrupted");
    if (!was_cut_off) return;
    constexpr std::string_view kDrop = "DROP INDEX CONCURRENTLY ";
    for (std::string& sql : step.sql) {
      if (sql.starts_with(kDrop) && !sql.starts_with("DROP INDEX CONCURRENTLY IF EXISTS ")) {
        sql.insert(kDrop.size(), "IF EXISTS ");
      }
    }
    const bool is_cleared = !step.cleanup.empty();
    if (is_cleared) step.sql.insert(step.sql.begin(), step.cleanup);
    step.note = is_cleared ? "it was interrupted: what that left behind is cleared away first"
                           : "it was interrupted, and is run again";
    out_.plan.notes.push_back(
        fmt::format("step {} of revision {} was interrupted, and begins anew", step.revision_step, row.id));
  }

  Direction direction_;
  RevisionPlan out_;
  int steps_ = 0;  ///< Of the file at hand.
};

Result<void> RefuseHalfDone(const Reconciled& there, RevisionState state) {
  for (const LedgerRevision& row : there.revisions) {
    if (row.state != state) continue;
    const bool applying = state == RevisionState::kApplying;
    const std::string way_out = applying ? fmt::format("run `schemadiff upgrade {}` first", row.id)
                                         : "run `schemadiff downgrade` to the end first";
    return Error(ErrorCode::kRefused,
                 fmt::format("revision `{}` is half {}: {} of {} are done", row.id, applying ? "applied" : "taken back",
                             row.steps_done, Plural(static_cast<std::size_t>(row.steps), "step")),
                 fmt::format("nothing was done; {}, or once it is set right by hand, tell with `schemadiff stamp` what "
                             "the database has",
                             way_out));
  }
  return {};
}

Result<RevisionPlan> Build(const RevisionGraph::List& path, const Reconciled& there, Direction direction) {
  Builder builder(direction);
  Diagnostics problems;
  for (const Revision* revision : path) {
    if (Result<void> added = builder.Add(*revision, there.Find(revision->id)); !added) problems.Append(added.error());
  }
  if (!problems.empty()) return std::unexpected(problems);
  return builder.Take();
}

}  // namespace

Result<RevisionPlan> PlanUpgrade(const RevisionGraph& graph, const Reconciled& there, const std::string& target) {
  if (Result<void> fine = RefuseHalfDone(there, RevisionState::kReverting); !fine) return std::unexpected(fine.error());
  const Result<RevisionGraph::List> path = UpgradePath(graph, target, there.In({RevisionState::kApplied}));
  if (!path) return std::unexpected(path.error());
  return Build(*path, there, Direction::kUpgrade);
}

Result<RevisionPlan> PlanDowngrade(const RevisionGraph& graph, const Reconciled& there, const std::string& target) {
  if (Result<void> fine = RefuseHalfDone(there, RevisionState::kApplying); !fine) return std::unexpected(fine.error());
  const std::set<std::string> applied = there.In({RevisionState::kApplied, RevisionState::kReverting});
  const Result<RevisionGraph::List> path = DowngradePath(graph, target, applied);
  if (!path) return std::unexpected(path.error());
  return Build(*path, there, Direction::kDowngrade);
}

}  // namespace schemadiff
