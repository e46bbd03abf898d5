#include "cli/settings.h"

#include <fmt/format.h>

#include <filesystem>

#include "cli/manage.h"

namespace schemadiff {
namespace {

// The variables with which libpq finds a server; without any, an empty address would be a guess.
bool HasServerVariables(const VariableLookup& lookup) {
  for (const char* name : {"PGHOST", "PGHOSTADDR", "PGSERVICE", "PGDATABASE", "PGPORT"}) {
    if (lookup(name)) return true;
  }
  return false;
}

std::string Beside(const Config& config, const std::string& path) {
  return (std::filesystem::path(config.directory) / path).string();
}

// What is compared, and what of that is explained.
Result<void> TakeCompared(const CommonOptions& options, Settings& settings) {
  settings.pipeline.explained = options.explained;
  settings.pipeline.manage = settings.config.manage;
  for (const std::string& list : options.manage) {
    if (Result<void> done = ApplyManageList(list, settings.pipeline.manage); !done) return done;
  }
  return {};
}

void TakeSchemaPaths(const CommonOptions& options, Settings& settings) {
  settings.pipeline.schema_paths = options.schema;
  if (!options.schema.empty()) return;
  for (const std::string& path : settings.config.schema) {
    settings.pipeline.schema_paths.push_back(Beside(settings.config, path));
  }
}

}  // namespace

Result<Settings> ResolveOfflineSettings(const CommonOptions& options, const VariableLookup& lookup) {
  Settings settings;
  Result<Config> config = LoadConfig(options.config, lookup);
  if (!config) return std::unexpected(config.error());
  settings.config = std::move(*config);
  if (Result<void> done = TakeCompared(options, settings); !done) return std::unexpected(done.error());
  TakeSchemaPaths(options, settings);
  return settings;
}

Result<Settings> ResolveSettings(const CommonOptions& options, const VariableLookup& lookup) {
  Settings settings;
  Result<Config> config = LoadConfig(options.config, lookup);
  if (!config) return std::unexpected(config.error());
  settings.config = std::move(*config);
  if (!options.database_url || options.environment) {
    Result<Environment> environment = ChooseEnvironment(settings.config, options.environment);
    if (!environment) return std::unexpected(environment.error());
    settings.environment = std::move(*environment);
  }
  if (options.database_url) {
    if (options.database_url->empty()) {
      return Error(ErrorCode::kUsage, "`--database-url` is empty", "is the variable that it comes from set?");
    }
    settings.url = *options.database_url;
  } else {
    Result<std::string> url = ExpandVariables(settings.environment.url, lookup);
    if (!url) return std::unexpected(url.error());
    settings.url = std::move(*url);
    if (settings.url.empty() && !HasServerVariables(lookup)) {
      return Error(ErrorCode::kUsage, "no database is named",
                   "give `--database-url`, choose an environment with `--env`, set PGHOST and PGDATABASE, or write a "
                   "schemadiff.toml with `schemadiff init`");
    }
  }
  if (Result<void> done = TakeCompared(options, settings); !done) return std::unexpected(done.error());
  settings.pipeline.strict = options.strict;
  TakeSchemaPaths(options, settings);
  return settings;
}

}  // namespace schemadiff
