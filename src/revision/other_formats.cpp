#include "revision/other_formats.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "report/words.h"
#include "revision/folder.h"
#include "revision/other_files.h"
#include "support/suggest.h"

namespace schemadiff {
namespace {

struct Format {
  std::string_view name;
  bool recursive;  ///< Whether the tool looks into folders below.
  void (*read)(const std::vector<OtherFile>& files, OtherHistory& history);
};

constexpr auto kFormats = std::to_array<Format>({
    {"flyway", true, &ReadFlyway},
    {"golang-migrate", false, &ReadGolangMigrate},
    {"dbmate", false, &ReadDbmate},
    {"goose", false, &ReadGoose},
    {"atlas", false, &ReadAtlas},
    {"plain", true, &ReadPlain},
});

Result<const Format*> FormatNamed(std::string_view name) {
  const auto found = std::ranges::find(kFormats, name, &Format::name);
  if (found != kFormats.end()) return &*found;
  std::vector<std::string_view> known;
  for (const Format& format : kFormats) known.push_back(format.name);
  std::string hint = DidYouMean(name, known);
  if (hint.empty()) hint = fmt::format("choose one of {}", fmt::join(known, ", "));
  return Error(ErrorCode::kUsage, fmt::format("`--revisions-format` cannot be `{}`", OneLine(name)), std::move(hint));
}

// `first_table` is `first table`.
std::string Message(std::string_view title) {
  std::string out(title);
  std::ranges::replace(out, '_', ' ');
  return out;
}

void ReportSameVersions(OtherHistory& history, std::string_view tool) {
  for (std::size_t i = 1; i < history.migrations.size(); ++i) {
    const OtherMigration& one = history.migrations[i - 1];
    const OtherMigration& other = history.migrations[i];
    if (one.place != other.place) continue;
    history.Problem(other.source, fmt::format("version `{}` is in `{}`, too", other.version, one.source->path()),
                    fmt::format("{} takes one file for a version: give one of them another", tool));
  }
}

// Those that an older tool's snapshot stands for go away; it remembers them.
std::vector<Revision> Chained(const std::vector<OtherMigration>& migrations) {
  std::vector<Revision> out;
  for (const OtherMigration& migration : migrations) {
    Revision revision;
    revision.id = migration.version;
    revision.message = Message(migration.title);
    revision.file = migration.up;
    revision.down = migration.down;
    revision.checksum = Checksum(migration.source->text());
    for (const OtherMigration& replaced : migration.replaces) {
      revision.replaces.push_back({replaced.version, Checksum(replaced.source->text())});
    }
    if (!out.empty()) revision.parents.push_back(out.back().id);
    out.push_back(std::move(revision));
  }
  return out;
}

}  // namespace

Result<std::vector<Revision>> ReadOtherRevisions(const std::string& folder, std::string_view format,
                                                 Diagnostics* warnings) {
  const Result<const Format*> known = FormatNamed(format);
  if (!known) return std::unexpected(known.error());
  const Result<std::vector<OtherFile>> files = OtherFiles(folder, (*known)->recursive);
  if (!files) return std::unexpected(files.error());
  OtherHistory history;
  (*known)->read(*files, history);
  std::ranges::stable_sort(history.migrations, {}, &OtherMigration::place);
  ReportSameVersions(history, (*known)->name);
  if (!history.errors.empty()) {
    history.errors.Sort();
    return std::unexpected(std::move(history.errors));
  }
  if (warnings != nullptr) warnings->Append(history.warnings);
  return Chained(history.migrations);
}

}  // namespace schemadiff
