// A command at work: its settings, the server and the connection.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "cli/console.h"
#include "cli/pipeline.h"
#include "cli/settings.h"
#include "postgres/connection.h"
#include "postgres/embedded_server.h"

namespace schemadiff {

class Session {
 public:
  /// Resolves the settings, starts the embedded server where it is asked for, and connects. Call it from the main
  /// thread: the embedded server stops with the thread that started it. Errors: kUsage, kBadInput, kUnavailable.
  static Result<Session> Open(const CommonOptions& options, const Console& console);
  /// The same for a command that plans at once: the files are read while the server is being connected to.
  static Result<Session> OpenToPlan(const CommonOptions& options, const Console& console);

  Connection& connection() { return *connection_; }
  /// For further connections to the same database; may hold a password.
  const std::string& conninfo() const { return conninfo_; }
  const Settings& settings() const { return settings_; }
  /// Whether a progress line may be drawn.
  bool shows_progress() const { return shows_progress_; }

  /// The plan, with its warnings shown.
  Result<Plan> MakePlanShown(const Console& console);

 private:
  Session() = default;
  static Result<Session> Configured(const CommonOptions& options, const Console& console);
  Result<void> Connect(const CommonOptions& options);
  std::unique_ptr<EmbeddedServer> server_;  // Outlives the connection.
  std::optional<Connection> connection_;
  Settings settings_;
  SourcesRead reading_;
  std::string conninfo_;
  bool shows_progress_ = false;
};

/// The plan in a format, ready to be written.
std::string Render(const Plan& plan, Format format, const Settings& settings, bool color);

/// Writes a plan to --out and says so, or else to standard output. Errors: kFailed.
Result<void> Deliver(const Plan& plan, const CommonOptions& options, const Settings& settings, const Console& console);

}  // namespace schemadiff
