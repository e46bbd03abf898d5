// The files of another tool's folder, and what each tool makes of them.
#pragma once

#include <compare>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "support/diagnostic.h"
#include "support/source.h"

namespace schemadiff {

struct OtherFile {
  std::string name;                          ///< Without folder.
  std::string below;                         ///< With the folders below the one that was asked for.
  std::shared_ptr<const SourceFile> source;  ///< Without text where the name does not end in .sql.
};

/// Files that are not hidden, sorted by name. Errors: kBadInput.
Result<std::vector<OtherFile>> OtherFiles(const std::string& folder, bool recursive);

/// Where a migration stands among the others: by numbers, as large as they may be, and then by text.
struct OtherPlace {
  int rank = 0;                      ///< What runs after all others has a higher one.
  std::vector<std::string> numbers;  ///< Digits.
  std::string text;

  bool operator==(const OtherPlace&) const = default;
  std::strong_ordering operator<=>(const OtherPlace& other) const;
};

/// The digits of a number without leading zeros.
std::string PlainNumber(std::string_view digits);

struct OtherMigration {
  OtherPlace place;
  std::string version;  ///< As the file's name has it.
  std::string title;
  std::shared_ptr<const SourceFile> source;  ///< The whole file.
  std::shared_ptr<const SourceFile> up;
  std::shared_ptr<const SourceFile> down;  ///< Null when there is none.
  std::vector<OtherMigration> replaces;
};

struct OtherHistory {
  std::vector<OtherMigration> migrations;
  Diagnostics errors;
  Diagnostics warnings;

  void Problem(const std::shared_ptr<const SourceFile>& file, std::string message, std::string hint);
  void Warn(const std::shared_ptr<const SourceFile>& file, std::string message, std::string hint = {});
};

// Each takes the files of its tool, in any order, as migrations, in any order.
void ReadFlyway(const std::vector<OtherFile>& files, OtherHistory& history);
void ReadGolangMigrate(const std::vector<OtherFile>& files, OtherHistory& history);
void ReadDbmate(const std::vector<OtherFile>& files, OtherHistory& history);
void ReadGoose(const std::vector<OtherFile>& files, OtherHistory& history);
void ReadAtlas(const std::vector<OtherFile>& files, OtherHistory& history);
void ReadPlain(const std::vector<OtherFile>& files, OtherHistory& history);

}  // namespace schemadiff
