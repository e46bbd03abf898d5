#include "cli/config.h"

#include <fmt/format.h>

#include <charconv>
#include <cstdlib>
#include <filesystem>
#include <limits>

#include "cli/files.h"
#include "support/suggest.h"

namespace schemadiff {
namespace {

constexpr const char* kDefaultPath = "schemadiff.toml";

}  // namespace

std::optional<std::string> ProcessVariable(const std::string& name) {
  const char* value = std::getenv(name.c_str());
  return value == nullptr ? std::nullopt : std::optional<std::string>(value);
}

Result<Config> LoadConfig(const std::optional<std::string>& path, const VariableLookup& lookup) {
  std::error_code ignored;
  if (!path && !std::filesystem::exists(kDefaultPath, ignored)) return Config{};
  const std::string chosen = path.value_or(kDefaultPath);
  const Result<std::string> text = ReadFile(chosen);
  if (!text) {
    Diagnostic problem = text.error().items().front();
    if (path) problem.hint = "write one with `schemadiff init`";
    return std::unexpected<Diagnostics>(problem);
  }
  Result<Config> config = ParseConfig(*text, chosen, lookup);
  if (config) config->directory = std::filesystem::path(chosen).parent_path().string();
  return config;
}

Result<Environment> ChooseEnvironment(const Config& config, const std::optional<std::string>& name) {
  if (!name && config.environments.empty()) return Environment{};
  const std::string wanted = name.value_or("local");
  if (const auto found = config.environments.find(wanted); found != config.environments.end()) return found->second;
  std::vector<std::string_view> known;
  for (const auto& [key, environment] : config.environments) known.push_back(key);
  if (config.path.empty()) {
    return Error(ErrorCode::kUsage,
                 fmt::format("there is no environment `{}`, since there is no `{}` here", wanted, kDefaultPath),
                 "write one with `schemadiff init`, or name it with `--config`");
  }
  std::string hint = name ? DidYouMean(wanted, known) : std::string();
  if (hint.empty() && !known.empty()) hint = fmt::format("choose one with `--env`: {}", fmt::join(known, ", "));
  return Error(ErrorCode::kUsage, fmt::format("`{}` has no section `[env.{}]`", config.path, wanted), std::move(hint));
}

Result<std::string> ExpandVariables(const ConfigText& text, const VariableLookup& lookup) {
  std::string out;
  std::string_view rest = text.text;
  for (std::size_t at = rest.find("${"); at != std::string_view::npos; at = rest.find("${")) {
    const std::size_t end = rest.find('}', at);
    if (end == std::string_view::npos) {
      return Error(ErrorCode::kBadInput, "`${` without a closing `}`", "write `${NAME}`", text.location);
    }
    const std::string name(rest.substr(at + 2, end - at - 2));
    const std::optional<std::string> value = lookup(name);
    if (!value || value->empty()) {
      return Error(ErrorCode::kBadInput,
                   fmt::format("environment variable `{}` is {}", name, value ? "empty" : "not set"),
                   "set it, or choose another environment with `--env`", text.location);
    }
    out += rest.substr(0, at);
    out += *value;
    rest.remove_prefix(end + 1);
  }
  return out.append(rest);
}

std::optional<std::chrono::milliseconds> ParseDuration(std::string_view text) {
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || number < 0) return std::nullopt;
  std::string_view unit = text.substr(static_cast<std::size_t>(end - text.data()));
  while (unit.starts_with(' ')) unit.remove_prefix(1);
  static const std::map<std::string_view, std::int64_t> kUnits = {{"", 1},         {"ms", 1},        {"s", 1000},
                                                                  {"min", 60'000}, {"h", 3'600'000}, {"d", 86'400'000}};
  const auto found = kUnits.find(unit);
  // PostgreSQL keeps timeouts in an int.
  if (found == kUnits.end() || number > std::numeric_limits<std::int32_t>::max() / found->second) return std::nullopt;
  return std::chrono::milliseconds(number * found->second);
}

}  // namespace schemadiff
