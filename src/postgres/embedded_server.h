// A private PostgreSQL cluster that schemadiff makes, starts and stops itself: `url = "embedded"`. It listens on a Unix
// socket only, in a folder that only its user (and root) can enter.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include "support/diagnostic.h"

namespace schemadiff {

struct EmbeddedServerOptions {
  bool keep = false;     ///< Leave the server running when the object, or the process, ends.
  bool scratch = false;  ///< Data of no worth: written without fsync, stopped without a checkpoint.
};

class EmbeddedServer {
 public:
  /// Makes the cluster in `folder` if there is none (once; about a second), and starts its server, or uses the one that
  /// an earlier run left running there. A server started here stops with the object; should the process be killed,
  /// the kernel has the server stop too. That hangs on the calling thread: call it from one that lives as long as the
  /// server shall. A cluster of an older major keeps its major.
  /// Errors: kUnavailable when there are no server binaries, the folder cannot be used, or the server does not start;
  /// then with the end of its log.
  static Result<EmbeddedServer> Start(const std::filesystem::path& folder, const EmbeddedServerOptions& options = {});

  ~EmbeddedServer();
  EmbeddedServer(EmbeddedServer&&) noexcept;
  EmbeddedServer& operator=(EmbeddedServer&&) noexcept;

  /// For Connection::Open; the role is the superuser `postgres`.
  std::string conninfo(std::string_view database = "postgres") const;
  /// Process id of the postmaster.
  int pid() const;
  /// False when a server was found running.
  bool started_here() const;

  struct Impl;

 private:
  explicit EmbeddedServer(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace schemadiff
