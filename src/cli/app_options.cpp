#include "cli/app_options.h"

#include <spdlog/sinks/stdout_color_sinks.h>
#include <spdlog/spdlog.h>

#include <memory>

namespace schemadiff {
namespace {

CLI::Option* InGroup(CLI::Option* option, const char* name) { return option->group(name); }

}  // namespace

void AddConfigOption(CLI::App* command, CommonOptions& options, const char* group) {
  InGroup(command->add_option("--config", options.config, "The configuration file [schemadiff.toml]"), group)
      ->type_name("FILE");
}

void AddManageOption(CLI::App* command, CommonOptions& options) {
  InGroup(command->add_option(
              "--manage", options.manage,
              "What is compared: `all`, or keys of [manage] with a mode, as in privileges=exact,owners=off"),
          kDatabaseGroup)
      ->type_name("LIST")
      ->expected(1)
      ->allow_extra_args(false)
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
}

void AddConnectionOptions(CLI::App* command, CommonOptions& options) {
  InGroup(command->add_option("--env", options.environment, "A section [env.NAME] of the configuration [local]"),
          kDatabaseGroup)
      ->type_name("NAME");
  AddConfigOption(command, options);
  InGroup(command->add_option("--database-url", options.database_url,
                              "libpq URI or keyword string, or `embedded`; overrides the environment. PG* variables, "
                              "pgpass and service files work"),
          kDatabaseGroup)
      ->type_name("URL");
}

void AddDatabaseOptions(CLI::App* command, CommonOptions& options) {
  AddConnectionOptions(command, options);
  InGroup(command->add_option("--schema", options.schema,
                              "Files and folders with the desired schema; overrides the configuration"),
          kDatabaseGroup)
      ->type_name("PATH...");
  AddManageOption(command, options);
}

void AddVerbosity(CLI::App* command, CommonOptions& options) {
  InGroup(command->add_flag("-q,--quiet", options.quiet, "Only results and errors"), kOutputGroup);
  InGroup(command->add_flag("-v,--verbose", options.verbose, "Tell on standard error what is done"), kOutputGroup);
  InGroup(command->add_flag("--no-color", options.no_color, "No colour; also NO_COLOR"), kOutputGroup);
}

void AddPlanOutput(CLI::App* command, CommonOptions& options) {
  InGroup(
      command->add_option("--format", options.format, "text, json, sql or markdown [text, or by the ending of --out]"),
      kOutputGroup)
      ->type_name("FORMAT");
  InGroup(command->add_option("--out", options.out, "Write the plan to a file, whole or not at all"), kOutputGroup)
      ->type_name("FILE");
  AddVerbosity(command, options);
}

void AddPlanOptions(CLI::App* command, CommonOptions& options) {
  AddDatabaseOptions(command, options);
  InGroup(command->add_flag("--strict", options.strict, "Refuse a database that holds what schemadiff does not know"),
          kDatabaseGroup);
  AddPlanOutput(command, options);
}

void AddRevisionsFolder(CLI::App* command, std::string& folder) {
  InGroup(command->add_option("--revisions", folder, "The folder of revisions; overrides the configuration"),
          kRevisionsGroup)
      ->type_name("FOLDER");
}

void AddRevisionsOptions(CLI::App* command, RevisionReadOptions& options) {
  AddRevisionsFolder(command, options.revisions);
  command
      ->add_option("--revisions-format", options.revisions_format,
                   "Whose files they are: flyway, golang-migrate, dbmate, goose, atlas or plain [schemadiff]")
      ->type_name("FORMAT")
      ->group(kRevisionsGroup);
}

void StartLog(const CommonOptions& options) {
  const auto log =
      std::make_shared<spdlog::logger>("schemadiff", std::make_shared<spdlog::sinks::stderr_color_sink_mt>());
  log->set_pattern("%H:%M:%S.%e %v");
  log->set_level(options.verbose ? spdlog::level::info : spdlog::level::off);
  spdlog::set_default_logger(log);
}

}  // namespace schemadiff
