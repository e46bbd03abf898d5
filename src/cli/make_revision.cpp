#include "cli/make_revision.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "parser/disk_tree.h"
#include "report/words.h"
#include "revision/header.h"
#include "revision/script.h"
#include "support/text_tree.h"

namespace schemadiff {
namespace {

using Files = std::vector<std::shared_ptr<const SourceFile>>;

std::unique_ptr<FileTree> History(Files files) {
  return std::make_unique<TextTree>(std::move(files), TextTree::Order::kHistory);
}

Files FilesOf(const RevisionGraph::List& revisions) {
  Files files;
  for (const Revision* revision : revisions) files.push_back(revision->file);
  return files;
}

Files With(Files files, const std::string& path, const std::string& text) {
  files.push_back(std::make_shared<SourceFile>(path, text));
  return files;
}

// Tells when what was written does not lead where it should.
void CheckLeads(const Result<PlannedMigration>& left, std::string_view file, Diagnostics& warnings) {
  constexpr std::string_view kHint = "read the file before you use it, and correct it";
  if (!left) {
    warnings.Add({.severity = Severity::kWarning,
                  .message = fmt::format("{} cannot be replayed: {}", file, left.error().items().front().ToString()),
                  .hint = std::string(kHint)});
    return;
  }
  if (left->plan.empty()) return;
  const Step& step = left->plan.steps.front();
  warnings.Add({.severity = Severity::kWarning,
                .message = fmt::format("{} does not lead all the way: {} would be left, first {} {} {}", file,
                                       Plural(left->plan.steps.size(), "step"), Name(step.verb), step.object_kind,
                                       step.object_name),
                .hint = std::string(kHint)});
}

// Both ways between two states.
class BothWays {
 public:
  BothWays(Revision revision, int version, PipelineOptions options) : version_(version), options_(std::move(options)) {
    options_.fingerprints = options_.for_revision = true;
    made_.revision = std::move(revision);
  }

  /// To what is desired.
  Result<PlannedMigration> Diff(std::unique_ptr<FileTree> from, std::unique_ptr<FileTree> to) const {
    return MakeDiff({.from = std::move(from), .to = std::move(to), .version = version_}, options_);
  }

  /// To where revisions lead, or what a database holds.
  Result<PlannedMigration> DiffExactly(std::unique_ptr<FileTree> from, std::unique_ptr<FileTree> to,
                                       const std::vector<Change>& renamed_back = {}) const {
    PipelineOptions options = options_;
    options.renamed_back = renamed_back;
    options.manage = ExactlyManaged(options.manage);
    return MakeDiff({.from = std::move(from), .to = std::move(to), .version = version_}, options);
  }

  /// Takes the way there; the text of its file is rendered.
  void TakeUp(PlannedMigration up) {
    made_.warnings = std::move(up.warnings);
    made_.revision.before = up.plan.live_fingerprint;
    made_.steps = up.plan.steps.size();
    up_ = std::move(up.plan);
    Render();
  }

  void TakeDown(Result<PlannedMigration> down) {
    if (!down) {
      made_.warnings.Add({.severity = Severity::kWarning,
                          .message = "no way back could be planned: " + down.error().items().front().ToString(),
                          .hint = "write it by hand where you need it"});
      return;
    }
    down_ = std::move(down->plan);
    AnnounceLosses(up_, *down_);
    Render();
  }

  void Render() {
    made_.up = ScriptText(made_.revision, up_, false);
    if (down_) made_.down = ScriptText(made_.revision, *down_, true);
  }

  void ForgetDown() {
    down_.reset();
    made_.down.clear();
  }

  const PipelineOptions& options() const { return options_; }
  RevisionTexts& made() { return made_; }

 private:
  int version_;
  PipelineOptions options_;
  RevisionTexts made_;
  Plan up_;
  std::optional<Plan> down_;
};

}  // namespace

std::unique_ptr<FileTree> HistoryOf(const RevisionGraph::List& revisions) { return History(FilesOf(revisions)); }

Result<RevisionTexts> MakeRevision(Revision revision, const RevisionGraph::List& history,
                                   const std::vector<std::string>& desired, int version,
                                   const PipelineOptions& options) {
  BothWays ways(std::move(revision), version, options);
  const Files files = FilesOf(history);
  const auto wanted = [&] { return std::make_unique<DiskTree>(desired); };
  Result<PlannedMigration> up = ways.Diff(History(files), wanted());
  if (!up) return std::unexpected(up.error());
  if (up->plan.empty()) return RevisionTexts{.warnings = std::move(up->warnings)};
  const std::vector<Change> renames = up->renames;
  ways.TakeUp(std::move(*up));
  // Files hold what was made of them, and not what was meant: read them again.
  RevisionTexts& made = ways.made();
  const auto after = [&] { return History(With(files, "the revision", made.up)); };
  ways.TakeDown(ways.DiffExactly(after(), History(files), renames));
  const Result<PlannedMigration> left = ways.Diff(after(), wanted());
  if (!left) return std::unexpected(left.error());
  CheckLeads(left, "the revision", made.warnings);
  made.revision.after = left->plan.live_fingerprint;
  if (!made.down.empty()) {
    const Files both = With(With(files, "the revision", made.up), "the way back", made.down);
    const Result<PlannedMigration> back = ways.DiffExactly(History(both), History(files));
    CheckLeads(back, "the way back", made.warnings);
    if (!back) ways.ForgetDown();
  }
  ways.Render();
  return std::move(made);
}

Result<RevisionTexts> MakeRevisionFromDatabase(Revision revision, const RevisionGraph::List& history,
                                               Connection& connection, bool baseline, const PipelineOptions& options) {
  BothWays ways(std::move(revision), connection.server_version(), options);
  const Result<std::vector<DumpFile>> dump = MakeDump(connection, options.manage, DumpLayout::kSingle);
  if (!dump) return std::unexpected(dump.error());
  Files held;
  for (const DumpFile& file : *dump) held.push_back(std::make_shared<SourceFile>("the database", file.text));
  const auto live = [&] { return std::make_unique<TextTree>(held, TextTree::Order::kAny); };
  const auto wanted = [&]() -> std::unique_ptr<FileTree> {
    if (baseline) return live();
    return std::make_unique<DiskTree>(options.schema_paths);
  };
  Result<PlannedMigration> up = baseline ? ways.DiffExactly(History({}), live()) : MakePlan(connection, ways.options());
  if (!up) return std::unexpected(up.error());
  if (up->plan.empty()) return RevisionTexts{.warnings = std::move(up->warnings)};
  const std::vector<Change> renames = up->renames;
  ways.TakeUp(std::move(*up));
  // A baseline has no way back: it would drop what was there before.
  if (!baseline) ways.TakeDown(ways.DiffExactly(wanted(), live(), renames));
  // It is to lead on from the revisions, too.
  const Result<PlannedMigration> left =
      ways.Diff(History(With(FilesOf(history), "the revision", ways.made().up)), wanted());
  CheckLeads(left, "the revision", ways.made().warnings);
  if (left) ways.made().revision.after = left->plan.live_fingerprint;
  ways.Render();
  return std::move(ways.made());
}

RevisionTexts EmptyRevision(Revision revision) {
  const auto text = [&](bool down) {
    return fmt::format("{}\nBEGIN;\n\n-- the statements go here\n\nCOMMIT;\n\n{}\n", HeaderText(revision, down),
                       EndLine(revision.id));
  };
  RevisionTexts made;
  made.up = text(false);
  made.down = text(true);
  made.revision = std::move(revision);
  return made;
}

void AnnounceLosses(Plan& up, Plan& down) {
  const auto has = [](const Step& step, HazardKind kind) {
    return std::ranges::contains(step.hazards, kind, &Hazard::kind);
  };
  for (Step& lost : up.steps) {
    if (!has(lost, HazardKind::kDataLoss)) continue;
    if (!has(lost, HazardKind::kIrreversible)) {
      lost.hazards.push_back({HazardKind::kIrreversible, "the way back does not restore what is lost", {}});
    }
    if (down.steps.empty()) continue;
    auto same = std::ranges::find_if(down.steps, [&](const Step& step) {
      return step.object_kind == lost.object_kind && step.object_name == lost.object_name;
    });
    if (same == down.steps.end()) same = std::ranges::find(down.steps, lost.owner_name, &Step::owner_name);
    if (same == down.steps.end()) same = down.steps.begin();
    if (has(*same, HazardKind::kIrreversible)) continue;
    same->hazards.push_back(
        {HazardKind::kIrreversible,
         fmt::format("what the upgrade took away with {} {} does not come back", lost.object_kind, lost.object_name),
         {}});
  }
}

}  // namespace schemadiff
