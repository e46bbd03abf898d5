// How flyway reads its folders: V (versioned), U (undo), B (baseline) and R (repeatable).
#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <map>
#include <optional>

#include "revision/other_files.h"
#include "revision/other_formats.h"

namespace schemadiff {
namespace {

constexpr std::string_view kEnding = ".sql";
constexpr std::string_view kRepeatable = "R__";
constexpr const char* kForm = "name it as in `V1_2__title.sql`, or `R__title.sql`";

struct FlywayName {
  char prefix = 'V';
  std::string version;
  std::string title;
};

bool IsDigit(char c) { return std::isdigit(static_cast<unsigned char>(c)) != 0; }

// What begins as a name of flyway's does: others, such as callbacks, are none of a migration.
std::optional<FlywayName> ParseName(std::string_view name) {
  if (name.size() < 2 || !std::string_view("VUBR").contains(name.front())) return std::nullopt;
  if (!IsDigit(name[1]) && name[1] != '_') return std::nullopt;
  const char prefix = name.front();
  name.remove_prefix(1);
  name.remove_suffix(kEnding.size());
  const std::size_t separator = std::min(name.find("__"), name.size());
  return FlywayName{prefix, std::string(name.substr(0, separator)),
                    std::string(name.substr(std::min(separator + 2, name.size())))};
}

// `1_2` and `1.2` are one version, and so are `1` and `1.0`. Nothing for what is no version.
std::optional<std::vector<std::string>> VersionParts(std::string_view version) {
  std::vector<std::string> out;
  std::size_t begin = 0;
  while (begin <= version.size()) {
    const std::size_t end = std::min(version.find_first_of("._", begin), version.size());
    const std::string_view part = version.substr(begin, end - begin);
    if (part.empty() || !std::ranges::all_of(part, IsDigit)) return std::nullopt;
    out.push_back(PlainNumber(part));
    begin = end + 1;
  }
  while (out.size() > 1 && out.back() == "0") out.pop_back();
  return out;
}

class Flyway {
 public:
  explicit Flyway(OtherHistory& history) : history_(history) {}

  void Read(const std::vector<OtherFile>& files) {
    for (const OtherFile& file : files) ReadFile(file);
    PairUndos();
    UseBaseline();
  }

 private:
  void ReadFile(const OtherFile& file) {
    if (!file.name.ends_with(kEnding)) {
      const bool program = file.name.ends_with(".java") || file.name.ends_with(".kt");
      if (program && file.name.starts_with('V') && file.name.contains("__")) {
        history_.Warn(file.source, "is left out: it is a program, and what it does cannot be known",
                      "if it changes the schema, write that as SQL");
      }
      return;
    }
    const std::optional<FlywayName> name = ParseName(file.name);
    if (!name) {
      history_.Warn(file.source, "is left out: it is a callback, or no migration of flyway's", kForm);
      return;
    }
    OtherMigration migration{.place = {.rank = name->prefix == 'R' ? 1 : 0, .numbers = {}, .text = {}},
                             .version = name->version,
                             .title = name->title,
                             .source = file.source,
                             .up = file.source,
                             .down = nullptr,
                             .replaces = {}};
    if (name->prefix == 'R') {
      if (!name->version.empty() || name->title.empty()) return Misnamed(file);
      migration.version = std::string(kRepeatable) + name->title;
      migration.place.text = name->title;
      history_.migrations.push_back(std::move(migration));
      return;
    }
    const auto parts = VersionParts(name->version);
    if (!parts) return Misnamed(file);
    migration.place.numbers = *parts;
    auto& group = name->prefix == 'V' ? history_.migrations : name->prefix == 'U' ? undos_ : baselines_;
    group.push_back(std::move(migration));
  }

  void Misnamed(const OtherFile& file) {
    history_.Problem(file.source, fmt::format("flyway does not understand the name `{}`", file.name), kForm);
  }

  void PairUndos() {
    std::map<OtherPlace, OtherMigration*> versions;
    for (OtherMigration& migration : history_.migrations) versions.emplace(migration.place, &migration);
    for (const OtherMigration& undo : undos_) {
      const auto found = versions.find(undo.place);
      if (found == versions.end()) {
        // A baseline may have come in its place.
        const bool squashed =
            std::ranges::any_of(baselines_, [&](const auto& each) { return undo.place <= each.place; });
        if (squashed) continue;
        history_.Problem(undo.source, fmt::format("there is no version `{}` to undo", undo.version),
                         "restore its file, or remove this one");
      } else if (found->second->down != nullptr) {
        history_.Problem(undo.source,
                         fmt::format("`{}` undoes version `{}`, too", found->second->down->path(), undo.version),
                         "remove one of them");
      } else {
        found->second->down = undo.up;
      }
    }
  }

  // A database that is new begins with the last baseline; what it stands for counts as applied where that was.
  void UseBaseline() {
    if (baselines_.empty()) return;
    std::ranges::stable_sort(baselines_, {}, &OtherMigration::place);
    for (std::size_t i = 1; i < baselines_.size(); ++i) {
      if (baselines_[i - 1].place != baselines_[i].place) continue;
      history_.Problem(
          baselines_[i].source,
          fmt::format("baseline `{}` is in `{}`, too", baselines_[i].version, baselines_[i - 1].source->path()),
          "flyway takes one file for a version: give one of them another");
    }
    OtherMigration last = std::move(baselines_.back());
    std::vector<OtherMigration> after;
    for (OtherMigration& migration : history_.migrations) {
      (migration.place <= last.place ? last.replaces : after).push_back(std::move(migration));
    }
    std::ranges::stable_sort(last.replaces, {}, &OtherMigration::place);
    after.push_back(std::move(last));
    history_.migrations = std::move(after);
  }

  OtherHistory& history_;
  std::vector<OtherMigration> undos_;
  std::vector<OtherMigration> baselines_;
};

}  // namespace

bool IsRepeatable(const Revision& revision) { return revision.id.starts_with(kRepeatable); }

void ReadFlyway(const std::vector<OtherFile>& files, OtherHistory& history) { Flyway(history).Read(files); }

}  // namespace schemadiff
