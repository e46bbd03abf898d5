// The grammar of schemadiff.toml.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <toml++/toml.hpp>

#include "cli/allow.h"
#include "cli/config.h"
#include "cli/manage.h"
#include "support/location_at.h"
#include "support/redact.h"
#include "support/suggest.h"

namespace schemadiff {
namespace {

constexpr auto kTopKeys = std::to_array<std::string_view>({"schema", "revisions", "manage", "env"});
constexpr auto kEnvironmentKeys = std::to_array<std::string_view>({"url", "allow", "lock_timeout", "confirm"});
constexpr auto kModes = std::to_array<std::string_view>({"off", "declared", "exact"});

class ConfigReader {
 public:
  ConfigReader(std::string_view text, const std::string& path, const VariableLookup& lookup)
      : file_(std::make_shared<SourceFile>(path, MaskSecrets(text))), lookup_(lookup) {
    config_.path = path;
  }

  Result<Config> Read(const toml::table& root) {
    CheckKeys(root, kTopKeys, "");
    if (const toml::node* node = root.get("schema")) {
      config_.schema.clear();
      for (const ConfigText& path : Texts(*node, "schema")) config_.schema.push_back(Expanded(path));
    }
    if (const toml::node* node = root.get("revisions")) config_.revisions = Expanded(Text(*node, "revisions"));
    if (const toml::table* manage = Table(root, "manage")) ReadManage(*manage);
    if (const toml::table* environments = Table(root, "env")) {
      for (const auto& [name, node] : *environments) {
        const toml::table* section = Table(*environments, name.str());
        if (section != nullptr) ReadEnvironment(std::string(name.str()), *section);
      }
    }
    if (diagnostics_.empty()) return std::move(config_);
    diagnostics_.Sort();
    return std::unexpected(std::move(diagnostics_));
  }

  SourceLocation At(const toml::source_position& position) const {
    return LocationAt(file_, {.line = position.line, .column = position.column});
  }

 private:
  void Problem(const toml::source_region& where, std::string message, std::string hint = {}) {
    diagnostics_.Append(Error(ErrorCode::kBadInput, std::move(message), std::move(hint), At(where.begin)).error());
  }

  void CheckKeys(const toml::table& table, std::span<const std::string_view> known, std::string_view section) {
    for (const auto& [key, node] : table) {
      if (std::ranges::find(known, key.str()) != known.end()) continue;
      std::string hint = DidYouMean(key.str(), known);
      if (hint.empty()) hint = fmt::format("known are {}", fmt::join(known, ", "));
      Problem(key.source(),
              section.empty() ? fmt::format("unknown key `{}`", key.str())
                              : fmt::format("unknown key `{}` in `[{}]`", key.str(), section),
              std::move(hint));
    }
  }

  const toml::table* Table(const toml::table& parent, std::string_view key) {
    const toml::node* node = parent.get(key);
    if (node == nullptr) return nullptr;
    if (!node->is_table()) Problem(node->source(), fmt::format("`{}` must be a section", key));
    return node->as_table();
  }

  ConfigText Text(const toml::node& node, std::string_view key) {
    if (const auto* text = node.as_string()) return {text->get(), At(node.source().begin)};
    Problem(node.source(), fmt::format("`{}` must be a string", key));
    return {};
  }

  // A list of strings, or one string for a list of one.
  std::vector<ConfigText> Texts(const toml::node& node, std::string_view key) {
    std::vector<ConfigText> out;
    if (const toml::array* array = node.as_array()) {
      for (const toml::node& element : *array) out.push_back(Text(element, key));
    } else if (node.is_string()) {
      out.push_back(Text(node, key));
    } else {
      Problem(node.source(), fmt::format("`{}` must be a list of strings", key));
    }
    return out;
  }

  std::string Expanded(const ConfigText& text) {
    Result<std::string> out = ExpandVariables(text, lookup_);
    if (out) return *out;
    diagnostics_.Append(out.error());
    return {};
  }

  void ReadManage(const toml::table& table) {
    std::vector<std::string_view> known{"ignore"};
    for (const auto& [key, mode] : ManageKeys()) known.push_back(key);
    CheckKeys(table, known, "manage");
    for (const auto& [key, node] : table) {
      if (std::ranges::find(known, key.str()) == known.end()) continue;
      if (key.str() == "ignore") {
        ReadIgnore(node);
        continue;
      }
      const ConfigText word = Text(node, key.str());
      if (const std::optional<ManageMode> mode = ParseManageMode(word.text)) {
        config_.manage.modes[std::string(key.str())] = *mode;
      } else if (word.location) {
        std::string hint = DidYouMean(word.text, kModes);
        if (hint.empty()) hint = "use `off`, `declared` or `exact`";
        Problem(node.source(), fmt::format("`{}` cannot be `{}`", key.str(), word.text), std::move(hint));
      }
    }
  }

  void ReadIgnore(const toml::node& node) {
    std::vector<std::string_view> kinds;
    for (std::size_t kind = 0; kind < kObjectKinds; ++kind) kinds.push_back(Label(static_cast<ObjectKind>(kind)));
    for (const ConfigText& rule : Texts(node, "ignore")) {
      if (!rule.location) continue;
      const std::size_t colon = rule.text.find(':');
      if (colon == 0 || colon >= rule.text.size() - 1 || rule.text.empty()) {
        diagnostics_.Append(Error(ErrorCode::kBadInput, fmt::format("`{}` is no ignore rule", rule.text),
                                  "write `KIND:NAME`, e.g. `table:audit.*`", rule.location)
                                .error());
      } else if (const std::string kind = rule.text.substr(0, colon);
                 kind != "*" && !std::ranges::contains(kinds, kind)) {
        std::string hint = DidYouMean(kind, kinds);
        if (hint.empty()) hint = "write a kind as plans name it, e.g. `table`, or `*` for all";
        diagnostics_.Append(
            Error(ErrorCode::kBadInput, fmt::format("`{}` is no kind of object", kind), std::move(hint), rule.location)
                .error());
      }
      config_.manage.ignore.push_back(rule.text);
    }
  }

  void ReadEnvironment(const std::string& name, const toml::table& table) {
    CheckKeys(table, kEnvironmentKeys, "env." + name);
    Environment environment{.name = name, .url = {}, .allow = {}};
    if (const toml::node* node = table.get("url")) environment.url = Text(*node, "url");
    if (const toml::node* node = table.get("allow")) ReadAllow(*node, environment);
    if (const toml::node* node = table.get("lock_timeout")) {
      const ConfigText text = Text(*node, "lock_timeout");
      if (const auto duration = ParseDuration(text.text)) {
        environment.lock_timeout = *duration;
      } else if (text.location) {
        Problem(node->source(), fmt::format("`lock_timeout` cannot be `{}`", text.text),
                "write a number and a unit, e.g. `2s` or `500ms`");
      }
    }
    if (const toml::node* node = table.get("confirm")) {
      if (!node->is_boolean()) Problem(node->source(), "`confirm` must be `true` or `false`");
      environment.confirm = node->value_or(true);
    }
    config_.environments.emplace(name, std::move(environment));
  }

  void ReadAllow(const toml::node& node, Environment& environment) {
    for (const ConfigText& word : Texts(node, "allow")) {
      if (!word.location) continue;
      Result<void> added = AddAllowed(word.text, environment.allow);
      if (added) continue;
      Diagnostic problem = added.error().items().front();
      problem.code = ErrorCode::kBadInput;
      problem.location = word.location;
      diagnostics_.Add(std::move(problem));
    }
  }

  std::shared_ptr<const SourceFile> file_;
  const VariableLookup& lookup_;
  Config config_;
  Diagnostics diagnostics_;
};

}  // namespace

Result<Config> ParseConfig(std::string_view text, const std::string& path, const VariableLookup& lookup) {
  ConfigReader reader(text, path, lookup);
  try {
    return reader.Read(toml::parse(text, path));
  } catch (const toml::parse_error& error) {
    return Error(ErrorCode::kBadInput, MaskSecrets(error.description()), {}, reader.At(error.source().begin));
  }
}

}  // namespace schemadiff
