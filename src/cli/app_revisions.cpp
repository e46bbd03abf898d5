#include "cli/app_revisions.h"

#include <memory>

#include "cli/commands.h"

namespace schemadiff {
namespace {

constexpr const char* kRevisions = "Revisions";

constexpr const char* kHistoryFooter =
    R"(The last comes first. `<-` names what a revision rests on where that is not the next line.

Examples:
  schemadiff history
  schemadiff history -r 20261129:head    from a revision on, given by the beginning of its id
  schemadiff history --revisions db/migration --revisions-format flyway
)";

constexpr const char* kShowFooter = R"(Examples:
  schemadiff show head
  schemadiff show 20261129040028_k3f9    or the beginning of it
)";

void AddFolder(CLI::App* command, RevisionReadOptions& options) {
  command->add_option("--revisions", options.revisions, "The folder of revisions; overrides the configuration")
      ->type_name("FOLDER")
      ->group(kRevisions);
  command
      ->add_option("--revisions-format", options.revisions_format,
                   "Whose files they are: flyway, golang-migrate, dbmate, goose, atlas or plain [schemadiff]")
      ->type_name("FORMAT")
      ->group(kRevisions);
  AddConfigOption(command, options.common, kRevisions);
}

void AddReading(CLI::App* command, RevisionReadOptions& options) {
  AddFolder(command, options);
  command->add_option("--format", options.common.format, "text or json [text]")
      ->type_name("FORMAT")
      ->group(kOutputGroup);
  AddVerbosity(command, options.common);
}

CLI::App* AddReader(CLI::App& app, RevisionCommands& commands, const char* name, const char* description,
                    const std::shared_ptr<RevisionReadOptions>& options, int (*run)(const RevisionReadOptions&)) {
  CLI::App* command = app.add_subcommand(name, description);
  AddReading(command, *options);
  Register(commands, command, options, run);
  return command;
}

void AddReaders(CLI::App& app, RevisionCommands& commands) {
  auto history = std::make_shared<RevisionReadOptions>();
  CLI::App* command =
      AddReader(app, commands, "history", "List the revisions, the last first", history, &HistoryCommand);
  command
      ->add_option("-r,--range", history->range, "From A to B; without one of them, from the beginning or to the end")
      ->type_name("A:B");
  command->footer(kHistoryFooter);
  AddReader(app, commands, "heads", "List the revisions on which none rests", std::make_shared<RevisionReadOptions>(),
            &HeadsCommand);
  AddReader(app, commands, "branches", "List the revisions on which more than one rests",
            std::make_shared<RevisionReadOptions>(), &BranchesCommand);
  auto show = std::make_shared<RevisionReadOptions>();
  command = AddReader(app, commands, "show", "Print a revision and its SQL", show, &ShowCommand);
  command->add_option("ID", show->id, "Its id, the beginning of it, or head")->type_name("");
  command->footer(kShowFooter);
}

}  // namespace

RevisionCommands AddRevisionCommands(CLI::App& app) {
  RevisionCommands commands;
  AddReaders(app, commands);
  return commands;
}

}  // namespace schemadiff
