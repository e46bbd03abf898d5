#include <spdlog/spdlog.h>

#include <chrono>

#include "cli/commands.h"
#include "cli/console.h"
#include "cli/session.h"
#include "cli/state.h"
#include "report/words.h"

namespace schemadiff {
namespace {

constexpr int kDifferences = 2;

Result<DiffSides> OpenSides(const DiffCommandOptions& options, const Console& console) {
  const Result<int> version = ParsePostgresVersion(options.postgres_version);
  if (!version) return std::unexpected(version.error());
  DiffSides sides{
      .from = nullptr, .to = nullptr, .from_name = options.from, .to_name = options.to, .version = *version};
  Diagnostics errors;
  const auto open = [&](std::string_view option, const std::string& name, std::unique_ptr<FileTree>& tree) {
    Result<std::unique_ptr<FileTree>> opened = OpenState(option, name, [&] { return ReadHistory(options, console); });
    if (opened) {
      tree = std::move(*opened);
    } else {
      errors.Append(opened.error());
    }
  };
  open("--from", options.from, sides.from);
  open("--to", options.to, sides.to);
  if (!errors.empty()) return std::unexpected(errors);
  return sides;
}

Result<PlannedMigration> FromFiles(const DiffCommandOptions& options, const Console& console) {
  const Result<DiffSides> sides = OpenSides(options, console);
  if (!sides) return std::unexpected(sides.error());
  Result<Settings> settings = ResolveOfflineSettings(options.common);
  if (!settings) return std::unexpected(settings.error());
  settings->pipeline.fingerprints = false;
  return MakeDiff(*sides, settings->pipeline);
}

Result<PlannedMigration> FromDatabase(const DiffCommandOptions& options, const Console& console) {
  Result<std::unique_ptr<FileTree>> to = OpenState("--to", options.to, [&] { return ReadHistory(options, console); });
  if (!to) return std::unexpected(to.error());
  CommonOptions common = options.common;
  common.database_url = options.from;
  Result<Session> session = Session::Open(common, console);
  if (!session) return std::unexpected(session.error());
  PipelineOptions pipeline = session->settings().pipeline;
  pipeline.files = std::move(*to);
  return MakePlan(session->connection(), pipeline);
}

}  // namespace

int DiffCommand(const DiffCommandOptions& options) {
  const Console console(options.common.quiet, options.common.no_color);
  if (const Result<Format> format = ChosenFormat(options.common); !format) return console.Fail(format.error());
  const auto begin = std::chrono::steady_clock::now();
  const Result<PlannedMigration> planned =
      IsDatabase(options.from) ? FromDatabase(options, console) : FromFiles(options, console);
  if (!planned) return console.Fail(planned.error());
  const std::chrono::duration<double, std::milli> passed = std::chrono::steady_clock::now() - begin;
  spdlog::info("planned {} in {:.0f} ms", Plural(planned->plan.steps.size(), "step"), passed.count());
  console.Show(planned->warnings);
  const Result<void> delivered = Deliver(planned->plan, options.common, Settings(), console);
  if (!delivered) return console.Fail(delivered.error());
  return options.exit_code && !planned->plan.empty() ? kDifferences : 0;
}

}  // namespace schemadiff
