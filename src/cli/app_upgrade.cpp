#include "cli/app_upgrade.h"

#include <memory>

#include "cli/app_options.h"
#include "cli/upgrade_commands.h"

namespace schemadiff {
namespace {

constexpr const char* kUpgradeFooter =
    R"(TARGET is `head`, `heads`, an id or the beginning of one, `ID@head` or `+N`. What is done stays done: after a
failure or a kill, upgrade again goes on from the step that was not completed.

Examples:
  schemadiff upgrade --env production
  schemadiff upgrade +1 --yes --allow may-fail
  schemadiff upgrade --until expand      before the application is deployed
  schemadiff upgrade --sql | psql -X     the same without schemadiff, ledger included
)";

constexpr const char* kDowngradeFooter =
    R"(TARGET is `base`, an id (what rests on it is taken back) or `-N`.

Examples:
  schemadiff downgrade -1
  schemadiff downgrade base --yes --allow all
)";

constexpr const char* kStampFooter =
    R"(TARGET is `head`, `heads`, `base` or an id: it and all that it rests on count as applied from then on, and what
rests on it does not.

Examples:
  schemadiff stamp head                  for a database that has the schema already
)";

void AddWaitOption(CLI::App* command, std::optional<std::string>& wait) {
  command->add_option("--wait", wait, "How long to wait for another schemadiff at work in the database [2s]")
      ->type_name("DURATION");
}

void AddRunOptions(CLI::App* command, RunRevisionsOptions& options) {
  AddConsent(command, options);
  command->add_flag("--sql", options.sql, "Print a script for psql, ledger included, instead of running it");
  command->add_flag("--accept-changed", options.accept_changed,
                    "Record files as they are that were changed after they were applied");
  AddRevisionsFolder(command, options.revisions);
  AddWaitOption(command, options.wait);
  AddConnectionOptions(command, options.common);
  AddPlanOutput(command, options.common);
}

void AddUpgrade(CLI::App& app, RevisionCommands& commands) {
  const auto options = std::make_shared<RunRevisionsOptions>();
  options->target = "head";
  CLI::App* command = app.add_subcommand("upgrade", "Run the revisions that a database lacks");
  command->add_option("TARGET", options->target, "Up to which revision [head]")->type_name("");
  command->add_option("--until", options->until, "Stop after a phase: expand, backfill or contract")
      ->type_name("PHASE");
  AddRunOptions(command, *options);
  command->footer(kUpgradeFooter);
  Register(commands, command, options, &UpgradeCommand);
}

void AddDowngrade(CLI::App& app, RevisionCommands& commands) {
  const auto options = std::make_shared<RunRevisionsOptions>();
  CLI::App* command = app.add_subcommand("downgrade", "Take revisions back that a database has");
  command->add_option("TARGET", options->target, "Down to which revision")->type_name("")->required();
  AddRunOptions(command, *options);
  command->footer(kDowngradeFooter);
  Register(commands, command, options, &DowngradeCommand);
}

void AddCurrent(CLI::App& app, RevisionCommands& commands) {
  const auto options = std::make_shared<CurrentCommandOptions>();
  CLI::App* command = app.add_subcommand("current", "Tell which revisions a database has, and what is half done");
  AddRevisionsFolder(command, options->revisions);
  AddConnectionOptions(command, options->common);
  command->add_option("--format", options->common.format, "text or json [text, or by the ending of --out]")
      ->type_name("FORMAT")
      ->group(kOutputGroup);
  command->add_option("--out", options->common.out, "Write it to a file, whole or not at all")
      ->type_name("FILE")
      ->group(kOutputGroup);
  AddVerbosity(command, options->common);
  Register(commands, command, options, &CurrentCommand);
}

void AddStamp(CLI::App& app, RevisionCommands& commands) {
  const auto options = std::make_shared<StampCommandOptions>();
  CLI::App* command = app.add_subcommand("stamp", "Record revisions as applied without running them");
  command->add_option("TARGET", options->target, "Which")->type_name("")->required();
  AddRevisionsFolder(command, options->revisions);
  AddWaitOption(command, options->wait);
  AddConnectionOptions(command, options->common);
  AddVerbosity(command, options->common);
  command->footer(kStampFooter);
  Register(commands, command, options, &StampCommand);
}

}  // namespace

void AddUpgradeCommands(CLI::App& app, RevisionCommands& commands) {
  AddUpgrade(app, commands);
  AddDowngrade(app, commands);
  AddCurrent(app, commands);
  AddStamp(app, commands);
}

}  // namespace schemadiff
