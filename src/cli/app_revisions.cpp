#include "cli/app_revisions.h"

#include <memory>

#include "cli/commands.h"

namespace schemadiff {
namespace {

constexpr const char* kHistoryFooter =
    R"(The last comes first. `<-` names what a revision rests on where that is not the next line.

Examples:
  schemadiff history
  schemadiff history -r 20261129:head    from a revision on, given by the beginning of its id
  schemadiff history --revisions db/migration --revisions-format flyway
)";

constexpr const char* kRevisionFooter =
    R"(Replays the revisions in memory, and plans from there: no database is needed. Writes two files, `ID_MESSAGE.sql`
and the way back, `ID_MESSAGE.down.sql`: read them, change them, commit them.

Examples:
  schemadiff revision -m "add tiers"
  schemadiff revision --check                     in CI: exits with 2 when one is missing
  schemadiff revision --baseline -m start --env production
)";

constexpr const char* kMergeFooter =
    R"(Replays the branches in either order. Where that does not come to the same, the objects are named with the lines
that speak of them, and nothing is written.

Examples:
  schemadiff merge -m "merge tiers and invoices"
)";

constexpr const char* kSquashFooter =
    R"(The revision keeps the id of the last one that it replaces: a database that has it, has this. What changes rows
stays, in its order. The files that are replaced are removed.

Examples:
  schemadiff squash --to 20261129040028
  schemadiff squash --revisions db/migration --revisions-format flyway    moves over from another tool
)";

constexpr const char* kShowFooter = R"(Examples:
  schemadiff show head
  schemadiff show 20261129040028_k3f9    or the beginning of it
)";

void AddReading(CLI::App* command, RevisionReadOptions& options) {
  AddRevisionsOptions(command, options);
  AddConfigOption(command, options.common, kRevisionsGroup);
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

void AddWriting(CLI::App* command, std::string& message, std::string& version) {
  command->add_option("-m,--message", message, "What the revision is for, in a few words")->type_name("MESSAGE");
  command->add_option("--postgres-version", version, "The version to plan for, 14 to 18 [17]")->type_name("MAJOR");
}

void AddRevision(CLI::App& app, RevisionCommands& commands) {
  auto options = std::make_shared<RevisionCommandOptions>();
  CLI::App* command = app.add_subcommand("revision", "Write the plan to the desired schema as a revision file");
  AddWriting(command, options->message, options->postgres_version);
  AddRevisionsOptions(command, *options);
  command->add_flag("--check", options->check, "Write nothing; exit with 2 when a revision is missing");
  command->add_flag("--empty", options->empty, "One without statements, to be written by hand");
  command->add_flag("--baseline", options->baseline, "The first one, of what a database holds already");
  command->add_flag("--from-database", options->from_database, "From what a database holds, not from the revisions");
  command->add_option("--head", options->head, "The revision to rest on, where there is more than one head")
      ->type_name("ID");
  AddDatabaseOptions(command, options->common);
  command->add_option("--out", options->common.out, "With --revisions-format: the file to write [standard output]")
      ->type_name("FILE")
      ->group(kOutputGroup);
  AddVerbosity(command, options->common);
  command->footer(kRevisionFooter);
  Register(commands, command, options, &RevisionCommand);
}

void AddMerge(CLI::App& app, RevisionCommands& commands) {
  auto options = std::make_shared<MergeCommandOptions>();
  CLI::App* command = app.add_subcommand("merge", "Join heads, where their order does not matter");
  command->add_option("ID", options->heads, "The heads [all]")->type_name("...");
  AddWriting(command, options->message, options->postgres_version);
  AddRevisionsFolder(command, options->revisions);
  AddConfigOption(command, options->common, kRevisionsGroup);
  AddVerbosity(command, options->common);
  command->footer(kMergeFooter);
  Register(commands, command, options, &MergeCommand);
}

void AddSquash(CLI::App& app, RevisionCommands& commands) {
  auto options = std::make_shared<SquashCommandOptions>();
  CLI::App* command = app.add_subcommand("squash", "Put one revision in the place of many");
  command->add_option("--to", options->to, "The last of them [head]")->type_name("ID");
  AddWriting(command, options->message, options->postgres_version);
  AddRevisionsOptions(command, *options);
  AddConfigOption(command, options->common, kRevisionsGroup);
  command->add_option("--out", options->common.out, "With --revisions-format: the folder to write to [revisions]")
      ->type_name("FOLDER")
      ->group(kOutputGroup);
  AddVerbosity(command, options->common);
  command->footer(kSquashFooter);
  Register(commands, command, options, &SquashCommand);
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
  AddRevision(app, commands);
  AddMerge(app, commands);
  AddSquash(app, commands);
  AddReaders(app, commands);
  return commands;
}

}  // namespace schemadiff
