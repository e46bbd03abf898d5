// The commands of the revision workflow on the command line.
#pragma once

#include <CLI/CLI.hpp>
#include <functional>
#include <memory>
#include <utility>
#include <vector>

#include "cli/app_options.h"

namespace schemadiff {

/// A command and what runs it once its options are parsed; it holds the options.
using RevisionCommands = std::vector<std::pair<const CLI::App*, std::function<int()>>>;

/// Adds one whose options live as long as what runs it.
template <typename Options>
void Register(RevisionCommands& commands, const CLI::App* command, std::shared_ptr<Options> options,
              int (*run)(const Options&)) {
  commands.emplace_back(command, [options = std::move(options), run] {
    StartLog(options->common);
    return run(*options);
  });
}

RevisionCommands AddRevisionCommands(CLI::App& app);

}  // namespace schemadiff
