// schemadiff.toml: read, checked key by key, environment variables expanded. Messages point at line and column; the
// passwords of URLs in the file are masked in the lines that they show.
#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "cli/pipeline.h"
#include "planner/plan.h"
#include "support/diagnostic.h"

namespace schemadiff {

/// A string of the file and where it stands.
struct ConfigText {
  std::string text;
  SourceLocation location;
};

/// [env.NAME].
struct Environment {
  std::string name;  ///< Empty when no section of the file was chosen.
  ConfigText url;    ///< Not expanded. Empty: PG* variables, pgpass and service files.
  std::set<HazardKind> allow;
  std::chrono::milliseconds lock_timeout{2000};
  bool confirm = true;
};

struct Config {
  std::string path;       ///< Empty when there is no file.
  std::string directory;  ///< The file's folder, to which its relative paths refer; empty for the current one.
  std::vector<std::string> schema{"schema"};
  std::string revisions = "revisions";
  ManageOptions manage;
  std::map<std::string, Environment> environments;
};

/// The value of an environment variable; nothing when it is not set.
using VariableLookup = std::function<std::optional<std::string>(const std::string&)>;
std::optional<std::string> ProcessVariable(const std::string& name);

/// Reads the text of a configuration file. Errors: kBadInput, all that can be found, in the order of the file.
Result<Config> ParseConfig(std::string_view text, const std::string& path, const VariableLookup& lookup);

/// Reads `path`; without one, `schemadiff.toml` in the current folder if it exists, and otherwise the defaults.
/// Errors: as ParseConfig, and kBadInput for a file that cannot be read.
Result<Config> LoadConfig(const std::optional<std::string>& path, const VariableLookup& lookup = ProcessVariable);

/// The environment of that name; without one, `local`, or the defaults when the file has no environments at all.
/// Errors: kUsage, naming those that exist.
Result<Environment> ChooseEnvironment(const Config& config, const std::optional<std::string>& name);

/// `${NAME}` replaced by the variable's value. Errors: kBadInput for a variable that is not set or is empty.
Result<std::string> ExpandVariables(const ConfigText& text, const VariableLookup& lookup);

/// `2s`, `500ms`, `1min`, as PostgreSQL writes durations; a bare number is milliseconds. Nothing when it is none.
std::optional<std::chrono::milliseconds> ParseDuration(std::string_view text);

}  // namespace schemadiff
