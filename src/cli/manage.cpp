#include "cli/manage.h"

#include <fmt/format.h>

#include <algorithm>

#include "support/suggest.h"

namespace schemadiff {
namespace {

Result<void> ApplyWord(std::string_view word, ManageOptions& options) {
  if (word == "all") {
    options.all_schemas = true;
    for (const auto& [key, mode] : ManageKeys()) options.modes[key] = ManageMode::kExact;
    return {};
  }
  const std::size_t equals = word.find('=');
  const std::string_view key = word.substr(0, equals);
  std::vector<std::string_view> known{"all"};
  for (const auto& [name, mode] : ManageKeys()) known.push_back(name);
  if (std::ranges::find(known.begin() + 1, known.end(), key) == known.end()) {
    std::string hint = DidYouMean(key, known);
    if (hint.empty()) hint = fmt::format("known are {}", fmt::join(known, ", "));
    return Error(ErrorCode::kUsage, fmt::format("`--manage` does not know `{}`", key), std::move(hint));
  }
  if (equals == std::string_view::npos) {
    options.modes[std::string(key)] = ManageMode::kExact;
    return {};
  }
  const std::optional<ManageMode> mode = ParseManageMode(word.substr(equals + 1));
  if (!mode) {
    return Error(ErrorCode::kUsage, fmt::format("`--manage {}`: `{}` is no mode", word, word.substr(equals + 1)),
                 "use `off`, `declared` or `exact`");
  }
  options.modes[std::string(key)] = *mode;
  return {};
}

}  // namespace

ManageOptions ExactlyManaged(ManageOptions options) {
  for (const auto& [key, mode] : ManageKeys()) {
    const auto [given, is_new] = options.modes.try_emplace(key, ManageMode::kExact);
    if (given->second == ManageMode::kDeclared) given->second = ManageMode::kExact;
  }
  return options;
}

const std::vector<std::pair<std::string, ManageMode>>& ManageKeys() {
  static const std::vector<std::pair<std::string, ManageMode>> kKeys = {
      {"privileges", ManageMode::kDeclared},
      {"owners", ManageMode::kDeclared},
      {"default_privileges", ManageMode::kDeclared},
      {"roles", ManageMode::kDeclared},
      {"extensions", ManageMode::kDeclared},
      {"publications", ManageMode::kDeclared},
      {"subscriptions", ManageMode::kDeclared},
      {"event_triggers", ManageMode::kDeclared},
      {"foreign_servers", ManageMode::kDeclared},
      {"casts", ManageMode::kDeclared},
      {"languages", ManageMode::kDeclared},
      {"partitions", ManageMode::kExact},
      {"comments", ManageMode::kExact},
      {"statistics", ManageMode::kExact},
  };
  return kKeys;
}

std::optional<ManageMode> ParseManageMode(std::string_view word) {
  if (word == "off") return ManageMode::kOff;
  if (word == "declared") return ManageMode::kDeclared;
  if (word == "exact") return ManageMode::kExact;
  return std::nullopt;
}

Result<void> ApplyManageList(std::string_view list, ManageOptions& options) {
  while (true) {
    const std::size_t comma = list.find(',');
    if (Result<void> done = ApplyWord(list.substr(0, comma), options); !done) return done;
    if (comma == std::string_view::npos) return {};
    list.remove_prefix(comma + 1);
  }
}

}  // namespace schemadiff
