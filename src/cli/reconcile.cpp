#include "cli/reconcile.h"

#include <fmt/format.h>

#include <algorithm>

#include "support/quote.h"

namespace schemadiff {
namespace {

class Reconciler {
 public:
  Reconciler(const Ledger& ledger, const RevisionGraph& graph, const ReconcileOptions& options,
             const LedgerWriter& writer)
      : graph_(graph), options_(options), writer_(writer) {
    out_.revisions = ledger.revisions;
  }

  Result<Reconciled> Run() {
    for (const Revision& revision : graph_.revisions()) {
      if (!revision.replaces.empty()) TakeSquashed(revision);
    }
    for (LedgerRevision& row : out_.revisions) Check(row);
    if (!problems_.empty()) return std::unexpected(problems_);
    return std::move(out_);
  }

 private:
  void Refuse(std::string message, std::string hint) {
    problems_.Add({.code = ErrorCode::kRefused, .message = std::move(message), .hint = std::move(hint)});
  }

  void Record(std::vector<std::string> statements, std::string note) {
    std::ranges::move(statements, std::back_inserter(out_.bookkeeping));
    out_.notes.push_back(std::move(note));
  }

  // What has the revision itself under the checksum of before has all that it stands for.
  void TakeSquashed(const Revision& squashed) {
    const LedgerRevision* own = out_.Find(squashed.id);
    if (own != nullptr && own->checksum == squashed.checksum) return;
    std::vector<std::string> there;
    std::vector<std::string> shown;
    bool is_whole = true;
    bool has_own = false;
    for (const ReplacedRevision& replaced : squashed.replaces) {
      const LedgerRevision* row = out_.Find(replaced.id);
      const bool is_there = row != nullptr && row->state == RevisionState::kApplied;
      if (is_there) there.push_back(replaced.id);
      if (row != nullptr) shown.push_back(replaced.id + (is_there ? "" : " in part"));
      is_whole &= is_there;
      has_own |= is_there && replaced.id == squashed.id && row->checksum == replaced.checksum;
    }
    if (shown.empty()) return;
    if (there.size() < shown.size() || (!has_own && !is_whole)) {
      for (const ReplacedRevision& replaced : squashed.replaces) replaced_.insert(replaced.id);
      return Refuse(
          fmt::format("revision `{}` stands for {} others, and database `{}` has only some of them: {}", squashed.id,
                      squashed.replaces.size(), options_.database, Join(shown, ", ")),
          fmt::format("nothing was done; with the files from before they were squashed, run `schemadiff upgrade {}`, "
                      "and then again with these",
                      squashed.replaces.back().id));
    }
    Adopt(squashed, there);
  }

  void Adopt(const Revision& squashed, const std::vector<std::string>& there) {
    Record(ledger_sql::Adopt(Recorded(squashed), there, writer_),
           fmt::format("revision {} is recorded in place of {} that it stands for", squashed.id, there.size()));
    LedgerRevision row = *out_.Find(there.back());
    row.id = squashed.id;
    row.checksum = squashed.checksum;
    row.message = squashed.message;
    std::erase_if(out_.revisions, [&](const LedgerRevision& old) { return std::ranges::contains(there, old.id); });
    out_.revisions.push_back(std::move(row));
  }

  void Check(LedgerRevision& row) {
    const Revision* revision = graph_.Find(row.id);
    if (revision == nullptr || revision->id != row.id) {
      if (replaced_.contains(row.id)) return;
      return Refuse(
          fmt::format("database `{}` has revision `{}`{}, which the folder `{}` does not hold", options_.database,
                      row.id, row.message.empty() ? "" : fmt::format(" ({})", row.message), options_.folder),
          "nothing was done; take a checkout that has its file, or name the right folder with `--revisions`");
    }
    if (row.checksum != revision->checksum) CheckChanged(row, *revision);
    if (row.last && row.last->state == "started") {
      out_.bookkeeping.push_back(ledger_sql::MarkInterrupted(row.id));
    }
  }

  void CheckChanged(LedgerRevision& row, const Revision& revision) {
    if (replaced_.contains(row.id)) return;
    const bool is_untouched = row.state == RevisionState::kApplying && row.steps_done == 0;
    if (!options_.accept_changed && !is_untouched) {
      return Refuse(
          fmt::format("revision `{}` was changed after it {} applied: the checksum of `{}` is\n  {}, and that "
                      "in database `{}`\n  {}",
                      row.id, row.state == RevisionState::kApplying ? "was partly" : "was", revision.file->path(),
                      revision.checksum, options_.database, row.checksum),
          "nothing was done; put the file back as it was, or take it as it is with `--accept-changed`");
    }
    std::string note = fmt::format("revision {} was changed after it was applied, and is recorded as it is", row.id);
    if (row.state != RevisionState::kApplied) {
      note += fmt::format("; its first {} steps count as done", row.steps_done);
    }
    Record(ledger_sql::AcceptChanged(Recorded(revision), row.checksum, writer_), std::move(note));
    row.checksum = revision.checksum;
  }

  const RevisionGraph& graph_;
  const ReconcileOptions& options_;
  const LedgerWriter& writer_;
  Reconciled out_;
  std::set<std::string> replaced_;  ///< Ids that were refused already.
  Diagnostics problems_;
};

}  // namespace

const LedgerRevision* Reconciled::Find(std::string_view id) const {
  const auto found = std::ranges::find(revisions, id, &LedgerRevision::id);
  return found == revisions.end() ? nullptr : &*found;
}

std::set<std::string> Reconciled::In(std::initializer_list<RevisionState> states) const {
  std::set<std::string> out;
  for (const LedgerRevision& row : revisions) {
    if (std::ranges::contains(states, row.state)) out.insert(row.id);
  }
  return out;
}

RecordedRevision Recorded(const Revision& revision) { return {revision.id, revision.checksum, revision.message}; }

Result<Reconciled> Reconcile(const Ledger& ledger, const RevisionGraph& graph, const ReconcileOptions& options,
                             const LedgerWriter& writer) {
  return Reconciler(ledger, graph, options, writer).Run();
}

}  // namespace schemadiff
