// Options that several commands take, with their words in --help.
#pragma once

#include <CLI/CLI.hpp>

#include "cli/options.h"

namespace schemadiff {

inline constexpr const char* kDatabaseGroup = "Database and schema";
inline constexpr const char* kOutputGroup = "Output";
inline constexpr const char* kRevisionsGroup = "Revisions";

void AddConfigOption(CLI::App* command, CommonOptions& options, const char* group = kDatabaseGroup);
void AddManageOption(CLI::App* command, CommonOptions& options);
/// Where the database is, and the configuration.
void AddConnectionOptions(CLI::App* command, CommonOptions& options);
/// The same, the desired schema, and what is compared.
void AddDatabaseOptions(CLI::App* command, CommonOptions& options);
void AddVerbosity(CLI::App* command, CommonOptions& options);
/// --format and --out of a plan, and the verbosity.
void AddPlanOutput(CLI::App* command, CommonOptions& options);
/// All of a command that makes a plan for a database.
void AddPlanOptions(CLI::App* command, CommonOptions& options);

/// --yes, --allow and --dry-run, of the commands that change a database.
template <typename Options>
void AddConsent(CLI::App* command, Options& options) {
  command->add_flag("-y,--yes", options.yes, "Do not ask");
  command->add_option("--allow", options.allow, "Accept hazards, separated by commas, or `all`")
      ->type_name("HAZARD,...")
      ->expected(1)
      ->allow_extra_args(false)
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
  command->add_flag("--dry-run", options.dry_run, "Stop before anything is changed");
}
/// --revisions.
void AddRevisionsFolder(CLI::App* command, std::string& folder);
/// The same, and --revisions-format.
void AddRevisionsOptions(CLI::App* command, RevisionReadOptions& options);

/// --verbose: tells on standard error what is done. Once per run, before a command begins.
void StartLog(const CommonOptions& options);

}  // namespace schemadiff
