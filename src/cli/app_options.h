// The options that commands share, as the command line has them.
#pragma once

#include <CLI/CLI.hpp>
#include <functional>
#include <utility>

#include "cli/options.h"

namespace schemadiff {

/// A command and what runs it once it was parsed; that gives the exit code.
using Subcommand = std::pair<CLI::App*, std::function<int()>>;

inline constexpr const char* kOutput = "Output";

CLI::Option* InGroup(CLI::Option* option, const char* name);
void AddConfigOption(CLI::App* command, CommonOptions& options);
void AddManageOption(CLI::App* command, CommonOptions& options);
/// Which database.
void AddConnectionOptions(CLI::App* command, CommonOptions& options);
/// Which database, and what of it is compared with which files.
void AddDatabaseOptions(CLI::App* command, CommonOptions& options);
void AddVerbosity(CLI::App* command, CommonOptions& options);
void AddPlanOutput(CLI::App* command, CommonOptions& options);
/// Of the commands that make a plan.
void AddPlanOptions(CLI::App* command, CommonOptions& options);

/// What --verbose asks for.
void StartLog(const CommonOptions& options);

}  // namespace schemadiff
