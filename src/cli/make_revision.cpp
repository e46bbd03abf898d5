#include "cli/make_revision.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <future>

#include "parser/disk_tree.h"
#include "parser/replay.h"
#include "report/words.h"
#include "revision/header.h"
#include "revision/other_formats.h"
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

std::shared_ptr<const SourceFile> TextOf(const std::string& path, const std::string& text) {
  return std::make_shared<SourceFile>(path, text);
}

// Runs files behind what a replay has run.
Result<Declared> StateAfter(Replay& replay, Files files) {
  if (Result<void> added = replay.Add(*History(std::move(files))); !added) return std::unexpected(added.error());
  replay.RunAll();
  return DeclaredBy(replay);
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
  Result<PlannedMigration> Diff(const Result<Declared>& from, const Result<Declared>& to) const {
    return Diff(from, to, options_);
  }

  /// To where revisions lead, or what a database holds.
  Result<PlannedMigration> DiffExactly(const Result<Declared>& from, const Result<Declared>& to,
                                       const std::vector<Change>& renamed_back = {}) const {
    PipelineOptions options = options_;
    options.renamed_back = renamed_back;
    options.manage = ExactlyManaged(options.manage);
    return Diff(from, to, options);
  }

  int version() const { return version_; }

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
  Result<PlannedMigration> Diff(const Result<Declared>& from, const Result<Declared>& to,
                                const PipelineOptions& options) const {
    Diagnostics errors;
    for (const Result<Declared>* side : {&from, &to}) {
      if (!*side) errors.Append(side->error());
    }
    if (!errors.empty()) return std::unexpected(errors);
    return MakeDiff(CopyOf(*from), CopyOf(*to), version_, options);
  }

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
  // Both at once: each may have all processors where the other has nothing to do.
  auto reading = std::async(std::launch::async, [&] {
    DiskTree files(desired);
    return ReadDeclared(files, version);
  });
  Replay replay(version);
  const Result<Declared> before = StateAfter(replay, FilesOf(history));
  const Result<Declared> wanted = reading.get();
  Result<PlannedMigration> up = ways.Diff(before, wanted);
  if (!up) return std::unexpected(up.error());
  if (up->plan.empty()) return RevisionTexts{.warnings = std::move(up->warnings)};
  const std::vector<Change> renames = up->renames;
  ways.TakeUp(std::move(*up));
  // Files hold what was made of them, and not what was meant: read them again.
  RevisionTexts& made = ways.made();
  const Result<Declared> after = StateAfter(replay, {TextOf("the revision", made.up)});
  ways.TakeDown(ways.DiffExactly(after, before, renames));
  const Result<PlannedMigration> left = ways.Diff(after, wanted);
  if (!left) return std::unexpected(left.error());
  CheckLeads(left, "the revision", made.warnings);
  made.revision.after = left->plan.live_fingerprint;
  if (!made.down.empty()) {
    const Result<PlannedMigration> back =
        ways.DiffExactly(StateAfter(replay, {TextOf("the way back", made.down)}), before);
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
  TextTree tree(std::move(held), TextTree::Order::kAny);
  const Result<Declared> live = ReadDeclared(tree, ways.version());
  const Replay nothing(ways.version());
  Result<PlannedMigration> up =
      baseline ? ways.DiffExactly(DeclaredBy(nothing), live) : MakePlan(connection, ways.options());
  if (!up) return std::unexpected(up.error());
  if (up->plan.empty()) return RevisionTexts{.warnings = std::move(up->warnings)};
  const std::vector<Change> renames = up->renames;
  ways.TakeUp(std::move(*up));
  DiskTree schema(options.schema_paths);
  const Result<Declared> desired = baseline ? Result<Declared>() : ReadDeclared(schema, ways.version());
  const Result<Declared>& wanted = baseline ? live : desired;
  // A baseline has no way back: it would drop what was there before.
  if (!baseline) ways.TakeDown(ways.DiffExactly(wanted, live, renames));
  // It is to lead on from the revisions, too.
  Files files = FilesOf(history);
  files.push_back(TextOf("the revision", ways.made().up));
  Replay replay(ways.version());
  const Result<PlannedMigration> left = ways.Diff(StateAfter(replay, std::move(files)), wanted);
  CheckLeads(left, "the revision", ways.made().warnings);
  if (left) ways.made().revision.after = left->plan.live_fingerprint;
  ways.Render();
  return std::move(ways.made());
}

Result<void> CheckBeforeRepeatables(const RevisionGraph::List& history, const std::string& up, int version,
                                    const PipelineOptions& options) {
  RevisionGraph::List ordered = history;
  const auto repeatables =
      std::ranges::stable_partition(ordered, [](const Revision* each) { return !IsRepeatable(*each); });
  if (repeatables.empty()) return {};
  Files behind = FilesOf(ordered);
  Files before = behind;
  behind.push_back(TextOf("the revision", up));
  before.insert(before.end() - static_cast<std::ptrdiff_t>(repeatables.size()), behind.back());
  PipelineOptions exact = options;
  exact.manage = ExactlyManaged(exact.manage);
  const Result<PlannedMigration> left =
      MakeDiff({.from = History(std::move(before)), .to = History(std::move(behind)), .version = version}, exact);
  if (left && left->plan.empty()) return {};
  const std::string what = left ? fmt::format("{} {} would not be as it is to be", left->plan.steps.front().object_kind,
                                              left->plan.steps.front().object_name)
                                : left.error().items().front().ToString();
  return Error(ErrorCode::kRefused,
               fmt::format("the revision changes what repeatable files make, which run behind all versions: {}", what),
               "nothing was written; make that change in the repeatable file, and then the revision of what is left");
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
