// Command line and schemadiff.toml, put together: what a command works on.
#pragma once

#include <string>
#include <string_view>

#include "cli/config.h"
#include "cli/options.h"
#include "cli/pipeline.h"

namespace schemadiff {

/// What stands for the URL of the server that schemadiff starts itself.
inline constexpr std::string_view kEmbedded = "embedded";

struct Settings {
  Config config;
  Environment environment;
  PipelineOptions pipeline;
  std::string url;  ///< Expanded, may hold a password; `embedded`, or empty for PG* variables.
};

/// The command line wins over the file. With --database-url and without --env no environment is chosen, so that what
/// one of them allows never holds for another database. Errors: kUsage, kBadInput.
Result<Settings> ResolveSettings(const CommonOptions& options, const VariableLookup& lookup = ProcessVariable);

/// The same for a command that needs no database. Errors: kUsage, kBadInput.
Result<Settings> ResolveOfflineSettings(const CommonOptions& options, const VariableLookup& lookup = ProcessVariable);

}  // namespace schemadiff
