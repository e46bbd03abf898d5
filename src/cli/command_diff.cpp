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

Result<DiffSides> OpenSides(const DiffCommandOptions& options) {
  const Result<int> version = ParsePostgresVersion(options.postgres_version);
  if (!version) return std::unexpected(version.error());
  DiffSides sides{
      .from = nullptr, .to = nullptr, .from_name = options.from, .to_name = options.to, .version = *version};
  Diagnostics errors;
  const auto open = [&](std::string_view option, const std::string& name, std::unique_ptr<FileTree>& tree) {
    Result<std::unique_ptr<FileTree>> opened = OpenState(option, name);
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

}  // namespace

int DiffCommand(const DiffCommandOptions& options) {
  const Console console(options.common.quiet, options.common.no_color);
  if (const Result<Format> format = ChosenFormat(options.common); !format) return console.Fail(format.error());
  const Result<DiffSides> sides = OpenSides(options);
  if (!sides) return console.Fail(sides.error());
  Result<Settings> settings = ResolveOfflineSettings(options.common);
  if (!settings) return console.Fail(settings.error());
  settings->pipeline.fingerprints = false;
  const auto begin = std::chrono::steady_clock::now();
  const Result<PlannedMigration> planned = MakeDiff(*sides, settings->pipeline);
  if (!planned) return console.Fail(planned.error());
  const std::chrono::duration<double, std::milli> passed = std::chrono::steady_clock::now() - begin;
  spdlog::info("planned {} in {:.0f} ms", Plural(planned->plan.steps.size(), "step"), passed.count());
  console.Show(planned->warnings);
  const Result<void> delivered = Deliver(planned->plan, options.common, *settings, console);
  if (!delivered) return console.Fail(delivered.error());
  return options.exit_code && !planned->plan.empty() ? kDifferences : 0;
}

}  // namespace schemadiff
