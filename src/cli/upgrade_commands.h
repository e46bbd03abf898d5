// The commands that run revisions in a database, or tell which it has. Each shows its own messages and gives the exit
// code of the process.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cli/options.h"

namespace schemadiff {

/// Of `upgrade` and `downgrade`.
struct RunRevisionsOptions {
  CommonOptions common;
  std::string target;
  std::string revisions;            ///< The folder; empty for that of the configuration.
  std::optional<std::string> wait;  ///< How long for another one at work.
  std::vector<std::string> allow;
  std::optional<std::string> until;
  bool yes = false;
  bool dry_run = false;
  bool sql = false;
  bool accept_changed = false;
};

struct StampCommandOptions {
  CommonOptions common;
  std::string target;
  std::string revisions;
  std::optional<std::string> wait;
};

struct CurrentCommandOptions {
  CommonOptions common;
  std::string revisions;
};

int UpgradeCommand(const RunRevisionsOptions& options);
int DowngradeCommand(const RunRevisionsOptions& options);
int CurrentCommand(const CurrentCommandOptions& options);
int StampCommand(const StampCommandOptions& options);

}  // namespace schemadiff
