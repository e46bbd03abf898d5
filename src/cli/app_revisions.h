// The commands of the revision workflow on the command line.
#pragma once

#include <CLI/CLI.hpp>
#include <functional>
#include <utility>
#include <vector>

namespace schemadiff {

/// A command and what runs it once its options are parsed; it holds the options.
using RevisionCommands = std::vector<std::pair<const CLI::App*, std::function<int()>>>;

RevisionCommands AddRevisionCommands(CLI::App& app);

}  // namespace schemadiff
