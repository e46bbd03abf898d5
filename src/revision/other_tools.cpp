// How golang-migrate, dbmate, goose and atlas read their folders, and how plain files are.
#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <map>
#include <optional>

#include "revision/other_files.h"
#include "revision/other_sections.h"

namespace schemadiff {
namespace {

// `12_first.sql` of dbmate and goose: what stands before and after the first character that is no digit.
struct Numbered {
  std::string digits;
  std::string title;
};

std::optional<Numbered> NumberedName(std::string_view name, std::string_view ending) {
  if (!name.ends_with(ending)) return std::nullopt;
  name.remove_suffix(ending.size());
  const auto end = std::ranges::find_if_not(name, [](unsigned char c) { return std::isdigit(c) != 0; });
  const auto count = static_cast<std::size_t>(end - name.begin());
  if (count == 0) return std::nullopt;
  const std::string_view rest = name.substr(count);
  return Numbered{std::string(name.substr(0, count)), std::string(rest.starts_with('_') ? rest.substr(1) : rest)};
}

bool IsSql(const OtherFile& file) { return file.name.ends_with(".sql"); }

void PassOver(const OtherFile& file, std::string_view tool, std::string_view form, OtherHistory& history) {
  if (IsSql(file)) history.Warn(file.source, fmt::format("is left out: {} takes files named `{}`", tool, form));
}

void Take(const OtherFile& file, OtherPlace place, const Numbered& name, const Result<Sections>& sections,
          OtherHistory& history) {
  if (!sections) {
    history.errors.Append(sections.error());
    return;
  }
  history.migrations.push_back({.place = std::move(place),
                                .version = name.digits,
                                .title = name.title,
                                .source = file.source,
                                .up = sections->up,
                                .down = sections->down,
                                .replaces = {}});
}

// Pairs ways back with the ways there that `place` says.
void TakeWaysBack(const std::map<OtherPlace, const OtherFile*>& ways_back, std::string_view form,
                  OtherHistory& history) {
  std::map<OtherPlace, OtherMigration*> ways_there;
  for (OtherMigration& migration : history.migrations) ways_there.emplace(migration.place, &migration);
  for (const auto& [place, file] : ways_back) {
    const auto found = ways_there.find(place);
    if (found == ways_there.end()) {
      history.Problem(file->source, fmt::format("the way back `{}` has no way there", file->name),
                      fmt::format("restore its {}, or remove it", form));
    } else {
      found->second->down = file->source;
    }
  }
}

void SameVersion(const OtherFile& file, const OtherFile& other, OtherHistory& history) {
  history.Problem(file.source, fmt::format("`{}` is the way back of the same version", other.source->path()),
                  "remove one of them");
}

}  // namespace

void ReadGolangMigrate(const std::vector<OtherFile>& files, OtherHistory& history) {
  std::map<OtherPlace, const OtherFile*> ways_back;
  for (const OtherFile& file : files) {
    std::optional<Numbered> name = NumberedName(file.name, ".up.sql");
    const bool there = name.has_value();
    if (!there) name = NumberedName(file.name, ".down.sql");
    // The tool wants the underscore.
    if (!name || file.name[name->digits.size()] != '_') {
      PassOver(file, "golang-migrate", "1_title.up.sql", history);
      continue;
    }
    OtherPlace place{.rank = 0, .numbers = {PlainNumber(name->digits)}, .text = {}};
    if (there) {
      Take(file, std::move(place), *name, Sections{.up = file.source, .down = nullptr}, history);
    } else if (const auto [other, is_new] = ways_back.emplace(std::move(place), &file); !is_new) {
      SameVersion(file, *other->second, history);
    }
  }
  TakeWaysBack(ways_back, "`.up.sql`", history);
}

// dbmate runs files in the order of their names, and remembers them by their numbers.
void ReadDbmate(const std::vector<OtherFile>& files, OtherHistory& history) {
  std::map<std::string, const OtherFile*> versions;
  for (const OtherFile& file : files) {
    const std::optional<Numbered> name = NumberedName(file.name, ".sql");
    if (!name) {
      PassOver(file, "dbmate", "20261129040028_title.sql", history);
      continue;
    }
    const auto [other, is_new] = versions.emplace(name->digits, &file);
    if (!is_new) {
      history.Problem(file.source,
                      fmt::format("version `{}` is in `{}`, too", name->digits, other->second->source->path()),
                      "dbmate takes one file for a version: give one of them another");
      continue;
    }
    const Result<Sections> sections = DbmateSections(file.source);
    if (sections && !sections->down) history.Warn(file.source, "has no `-- migrate:down`, and so no way back");
    Take(file, {.rank = 0, .numbers = {}, .text = file.name}, *name, sections, history);
  }
}

void ReadGoose(const std::vector<OtherFile>& files, OtherHistory& history) {
  for (const OtherFile& file : files) {
    if (file.name.ends_with(".go") && !file.name.ends_with("_test.go") && NumberedName(file.name, ".go")) {
      history.Warn(file.source, "is left out: it is a program, and what it does cannot be known",
                   "if it changes the schema, write that as SQL");
      continue;
    }
    const std::optional<Numbered> name = NumberedName(file.name, ".sql");
    if (!name || file.name[name->digits.size()] != '_' || PlainNumber(name->digits) == "0") {
      PassOver(file, "goose", "00001_title.sql", history);
      continue;
    }
    Take(file, {.rank = 0, .numbers = {PlainNumber(name->digits)}, .text = {}}, *name,
         GooseSections(file.source, history.warnings), history);
  }
}

// A checkpoint is the sum of the files before it. Where they are gone, it is what the history begins with.
void ReadAtlas(const std::vector<OtherFile>& files, OtherHistory& history) {
  std::map<std::string, const OtherFile*> versions;
  for (const OtherFile& file : files) {
    if (!IsSql(file)) continue;
    if (HasAtlasDirective(*file.source, "checkpoint") && !versions.empty()) continue;
    const std::string stem = file.name.substr(0, file.name.size() - 4);
    const std::size_t underscore = std::min(stem.find('_'), stem.size());
    const Numbered name{stem.substr(0, underscore), stem.substr(std::min(underscore + 1, stem.size()))};
    if (name.digits.empty()) {
      history.Problem(file.source, fmt::format("the name `{}` has no version", file.name),
                      "name it as in `20261129040028_title.sql`");
      continue;
    }
    const auto [other, is_new] = versions.emplace(name.digits, &file);
    if (!is_new) {
      history.Problem(file.source,
                      fmt::format("version `{}` is in `{}`, too", name.digits, other->second->source->path()),
                      "atlas takes one file for a version: give one of them another");
      continue;
    }
    Take(file, {.rank = 0, .numbers = {}, .text = file.name}, name, AtlasSections(file.source), history);
  }
}

// Versions are names; `x.down.sql` is the way back of `x.sql` or `x.up.sql`.
void ReadPlain(const std::vector<OtherFile>& files, OtherHistory& history) {
  std::map<OtherPlace, const OtherFile*> ways_back;
  for (const OtherFile& file : files) {
    if (!IsSql(file)) continue;
    std::string stem = file.below.substr(0, file.below.size() - 4);
    const bool back = stem.ends_with(".down");
    if (back) stem.resize(stem.size() - 5);
    if (stem.ends_with(".up")) stem.resize(stem.size() - 3);
    OtherPlace place{.rank = 0, .numbers = {}, .text = stem + ".sql"};
    if (back) {
      ways_back.emplace(std::move(place), &file);
    } else {
      Take(file, std::move(place), {stem, stem}, Sections{.up = file.source, .down = nullptr}, history);
    }
  }
  TakeWaysBack(ways_back, "`.sql`", history);
}

}  // namespace schemadiff
