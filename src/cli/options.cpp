#include "cli/options.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "support/suggest.h"

namespace schemadiff {
namespace {

constexpr auto kFormats = std::to_array<std::string_view>({"text", "json", "sql", "markdown"});
constexpr auto kPhases = std::to_array<std::string_view>({"expand", "backfill", "contract"});
constexpr auto kVersions = std::to_array<std::string_view>({"14", "15", "16", "17", "18"});
constexpr auto kLayouts = std::to_array<std::string_view>({"by-object", "by-schema", "single"});

Result<std::size_t> OneOf(std::string_view option, std::string_view word, std::span<const std::string_view> known) {
  const auto found = std::ranges::find(known, word);
  if (found != known.end()) return static_cast<std::size_t>(found - known.begin());
  std::string hint = DidYouMean(word, known);
  if (hint.empty()) hint = fmt::format("choose one of {}", fmt::join(known, ", "));
  return Error(ErrorCode::kUsage, fmt::format("`{}` cannot be `{}`", option, word), std::move(hint));
}

}  // namespace

Result<Format> ParseFormat(std::string_view name) {
  return OneOf("--format", name, kFormats).transform([](std::size_t index) { return static_cast<Format>(index); });
}

Result<Phase> ParsePhase(std::string_view name) {
  return OneOf("--until", name, kPhases).transform([](std::size_t index) { return static_cast<Phase>(index); });
}

Result<DumpLayout> ParseLayout(std::string_view name) {
  return OneOf("--layout", name, kLayouts).transform([](std::size_t index) { return static_cast<DumpLayout>(index); });
}

Result<int> ParsePostgresVersion(std::string_view text) {
  const auto found = std::ranges::find(kVersions, text);
  if (found == kVersions.end()) {
    return Error(ErrorCode::kUsage, fmt::format("`--postgres-version` cannot be `{}`", text),
                 fmt::format("choose one of {}", fmt::join(kVersions, ", ")));
  }
  return (14 + static_cast<int>(found - kVersions.begin())) * 10000;
}

Result<Format> ChosenFormat(const CommonOptions& options) {
  if (!options.format.empty()) return ParseFormat(options.format);
  const std::string_view out = options.out ? std::string_view(*options.out) : std::string_view();
  if (out.ends_with(".json")) return Format::kJson;
  if (out.ends_with(".sql")) return Format::kSql;
  if (out.ends_with(".md")) return Format::kMarkdown;
  return Format::kText;
}

}  // namespace schemadiff
