// The commands. Each shows its own messages and gives the exit code of the process.
#pragma once

#include <string>

#include "cli/options.h"

namespace schemadiff {

/// Writes schemadiff.toml and an empty schema/ into `directory`; overwrites nothing.
int InitCommand(const std::string& directory);
int PlanCommand(const PlanCommandOptions& options);
int DiffCommand(const DiffCommandOptions& options);
int DumpCommand(const DumpCommandOptions& options);
int ApplyCommand(const ApplyCommandOptions& options);
int RevisionCommand(const RevisionCommandOptions& options);
int MergeCommand(const MergeCommandOptions& options);
int SquashCommand(const SquashCommandOptions& options);
int HistoryCommand(const RevisionReadOptions& options);
int HeadsCommand(const RevisionReadOptions& options);
int BranchesCommand(const RevisionReadOptions& options);
int ShowCommand(const RevisionReadOptions& options);

}  // namespace schemadiff
