#include "cli/app.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <exception>

#include "cli/app_options.h"
#include "cli/app_revisions.h"
#include "cli/app_upgrade.h"
#include "cli/commands.h"
#include "cli/console.h"
#include "cli/help.h"
#include "cli/usage.h"
#include "support/version.h"

namespace schemadiff {
namespace {

void AddExplanation(CLI::App* command, CommonOptions& options) {
  command->add_option("--explain-equal", options.explained, "Tell why an object's expressions are equal or different")
      ->type_name("OBJECT");
}

CLI::App* AddPlan(CLI::App& app, PlanCommandOptions& options) {
  CLI::App* command = app.add_subcommand("plan", "Print the migration from the live database to the desired schema");
  command->add_flag("--exit-code", options.exit_code, "Exit with 2 when there are changes");
  AddExplanation(command, options.common);
  AddPlanOptions(command, options.common);
  command->footer(kPlanFooter);
  return command;
}

CLI::App* AddApply(CLI::App& app, ApplyCommandOptions& options) {
  CLI::App* command = app.add_subcommand("apply", "Plan, show, ask, and bring the database to the desired schema");
  AddConsent(command, options);
  command->add_option("--until", options.until, "Stop after a phase: expand, backfill or contract")->type_name("PHASE");
  command->add_option("--plan", options.plan, "Execute a plan saved with `plan --out FILE.json`")->type_name("FILE");
  AddPlanOptions(command, options.common);
  command->footer(kApplyFooter);
  return command;
}

CLI::App* AddDiff(CLI::App& app, DiffCommandOptions& options) {
  CLI::App* command = app.add_subcommand("diff", "Print the migration between two states");
  command
      ->add_option(
          "--from", options.from,
          "The state to begin with: a file, a folder, git:REV:path, a revision, the URL of a database or `embedded`")
      ->type_name("STATE");
  command->add_option("--to", options.to, "The state to arrive at, likewise, but no database")->type_name("STATE");
  command->add_option("--postgres-version", options.postgres_version, "The version to plan for, 14 to 18 [17]")
      ->type_name("MAJOR");
  command->add_flag("--exit-code", options.exit_code, "Exit with 2 when there are differences");
  AddExplanation(command, options.common);
  AddRevisionsOptions(command, options);
  AddConfigOption(command, options.common);
  AddManageOption(command, options.common);
  AddPlanOutput(command, options.common);
  command->footer(kDiffFooter);
  return command;
}

CLI::App* AddDump(CLI::App& app, DumpCommandOptions& options) {
  CLI::App* command = app.add_subcommand("dump", "Write the live schema as SQL files");
  command->add_option("--layout", options.layout, "by-object, by-schema or single [by-object]")->type_name("LAYOUT");
  AddDatabaseOptions(command, options.common);
  command->add_option("--out", options.common.out, "The folder, or of a single one the file, to write to")
      ->type_name("PATH")
      ->group(kOutputGroup);
  AddVerbosity(command, options.common);
  command->footer(kDumpFooter);
  return command;
}

int Run(int argc, char** argv) {
  CLI::App app("Keeps a PostgreSQL database at the schema that SQL files declare.", "schemadiff");
  app.formatter(std::make_shared<HelpFormatter>());
  app.set_help_flag("-h,--help", "Print help");
  app.set_version_flag("-V,--version", fmt::format("schemadiff {}", kVersion), "Print the version");
  app.require_subcommand(1);
  app.footer(kMainFooter);
  std::string directory = ".";
  CLI::App* init = app.add_subcommand("init", "Write schemadiff.toml and an empty schema/");
  init->add_option("DIRECTORY", directory, "Where [the current folder]")->type_name("");
  PlanCommandOptions plan;
  DiffCommandOptions diff;
  CLI::App* plan_command = AddPlan(app, plan);
  CLI::App* diff_command = AddDiff(app, diff);
  ApplyCommandOptions apply;
  AddApply(app, apply);
  DumpCommandOptions dump;
  CLI::App* dump_command = AddDump(app, dump);
  RevisionCommands revision_commands = AddRevisionCommands(app);
  AddUpgradeCommands(app, revision_commands);
  try {
    app.parse(argc, argv);
  } catch (const CLI::Success& asked) {  // --help and --version
    return app.exit(asked);
  } catch (const CLI::ParseError& error) {
    if (argc <= 1) {
      fmt::print(stderr, "{}", app.help());
      return ExitCode(ErrorCode::kUsage);
    }
    return Console(false, false).Fail(UsageError(app, error));
  }
  if (init->parsed()) return InitCommand(directory);
  if (plan_command->parsed()) {
    StartLog(plan.common);
    return PlanCommand(plan);
  }
  if (diff_command->parsed()) {
    StartLog(diff.common);
    return DiffCommand(diff);
  }
  if (dump_command->parsed()) {
    StartLog(dump.common);
    return DumpCommand(dump);
  }
  for (const auto& [command, run] : revision_commands) {
    if (command->parsed()) return run();
  }
  StartLog(apply.common);
  return ApplyCommand(apply);
}

}  // namespace

int RunSchemadiff(int argc, char** argv) {
  try {
    return Run(argc, argv);
  } catch (const std::exception& error) {
    fmt::print(stderr, "error: {}\n", error.what());
    return ExitCode(ErrorCode::kFailed);
  }
}

}  // namespace schemadiff
