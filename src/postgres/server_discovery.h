// Where PostgreSQL's server binaries are on this machine.
#pragma once

#include <filesystem>

#include "support/diagnostic.h"

namespace schemadiff {

struct ServerBinaries {
  std::filesystem::path folder;  ///< Absolute; holds at least `initdb` and `postgres`.
  int major = 0;                 ///< 17
};

/// Looks in SCHEMADIFF_PG_BIN (and then nowhere else), in what `pg_config --bindir` says, and in
/// /usr/lib/postgresql/*/bin, newest major first. With `major`, the first of that major is taken.
/// Errors: kUnavailable, naming what was looked for and the way out.
Result<ServerBinaries> FindServerBinaries(int major = 0);

}  // namespace schemadiff
