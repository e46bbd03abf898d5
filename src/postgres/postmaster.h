// The processes of a cluster, as its files and /proc tell of them.
#pragma once

#include <sys/types.h>

#include <filesystem>
#include <string>

namespace schemadiff {

/// postmaster.pid (PostgreSQL's src/include/utils/pidfile.h); all empty when there is none.
struct PidFile {
  pid_t pid = 0;
  std::string socket;  ///< Folder of the Unix socket.
  std::string status;  ///< `starting`, `stopping`, `ready`, `standby`; empty at first.
};
PidFile ReadPidFile(const std::filesystem::path& data);

/// Whether the process is a postmaster of this cluster: after a crash its number may be someone else's.
bool IsPostmaster(pid_t pid, const std::filesystem::path& data);

/// Ends the server processes of the cluster that a killed postmaster left behind; its shared memory is theirs until
/// then, and some take long to see that they are alone (the autovacuum launcher of PostgreSQL 14 some 20 s).
/// Precondition: there is no postmaster.
void EndOrphans(const std::filesystem::path& data);

}  // namespace schemadiff
