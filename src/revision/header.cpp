#include "revision/header.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <sstream>
#include <toml++/toml.hpp>

#include "support/location_at.h"
#include "support/suggest.h"

namespace schemadiff {
namespace {

constexpr std::string_view kTitle = "-- schemadiff revision";
constexpr std::string_view kDownTitle = "-- schemadiff revision, the way back";
constexpr auto kKeys = std::to_array<std::string_view>(
    {"id", "parents", "message", "created", "tool", "postgres", "before", "after", "replaces"});

// A basic string of TOML. The header is made of lines: nothing in a value may end one.
std::string Quoted(std::string_view text) {
  std::string out = "\"";
  for (const char character : text) {
    if (character == '"' || character == '\\') out += '\\';
    if (static_cast<unsigned char>(character) < 0x20 || character == 0x7f) {
      out += fmt::format("\\u{:04x}", static_cast<unsigned char>(character));
    } else {
      out += character;
    }
  }
  return out + '"';
}

std::string_view WithoutReturn(std::string_view line) {
  return line.ends_with('\r') ? line.substr(0, line.size() - 1) : line;
}

class HeaderReader {
 public:
  HeaderReader(std::shared_ptr<const SourceFile> file, bool down) : file_(std::move(file)), down_(down) {}

  Result<Revision> Read() {
    const std::string_view title = down_ ? kDownTitle : kTitle;
    if (WithoutReturn(file_->Line(1)) != title) {
      return Error(ErrorCode::kBadInput, fmt::format("the file does not begin with `{}`", title),
                   down_ ? "make revisions with `schemadiff revision`, which writes both files"
                         : "make one with `schemadiff revision --empty -m MESSAGE` and put the statements into it",
                   {file_, 0});
    }
    try {
      return Take(toml::parse(Toml(), file_->path()));
    } catch (const toml::parse_error& error) {
      return Error(ErrorCode::kBadInput, std::string(error.description()), "the header is TOML behind `-- `",
                   At(error.source().begin));
    }
  }

 private:
  // The header without its dashes, which blanks stand for: lines and columns stay.
  std::string Toml() const {
    std::string toml = "\n";
    for (std::uint32_t number = 2;; ++number) {
      const std::string_view line = WithoutReturn(file_->Line(number));
      if (!line.starts_with("--")) return toml;
      toml += fmt::format("  {}\n", line.substr(2));
    }
  }

  SourceLocation At(const toml::source_position& position) const {
    return LocationAt(file_, {.line = position.line, .column = position.column});
  }

  void Problem(const toml::source_region& where, std::string message, std::string hint = {}) {
    diagnostics_.Append(Error(ErrorCode::kBadInput, std::move(message), std::move(hint), At(where.begin)).error());
  }

  void TakeText(const toml::table& table, std::string_view key, std::string& text) {
    const toml::node* node = table.get(key);
    if (node == nullptr) return;
    if (const auto* value = node->as_string()) {
      text = value->get();
    } else {
      Problem(node->source(), fmt::format("`{}` must be a string", key));
    }
  }

  // Calls take(text) for each of a list of strings.
  template <typename Take>
  void TakeList(const toml::table& table, std::string_view key, Take&& take) {
    const toml::node* node = table.get(key);
    if (node == nullptr) return;
    const toml::array* array = node->as_array();
    if (array == nullptr) return Problem(node->source(), fmt::format("`{}` must be a list of strings", key));
    for (const toml::node& element : *array) {
      if (const auto* text = element.as_string()) {
        take(element, text->get());
      } else {
        Problem(element.source(), fmt::format("`{}` must be a list of strings", key));
      }
    }
  }

  Result<Revision> Take(const toml::table& table) {
    Revision revision;
    (down_ ? revision.down : revision.file) = file_;
    for (const auto& [key, node] : table) {
      if (std::ranges::contains(kKeys, key.str())) continue;
      std::string hint = DidYouMean(key.str(), kKeys);
      if (hint.empty()) hint = fmt::format("known are {}", fmt::join(kKeys, ", "));
      Problem(key.source(), fmt::format("unknown key `{}`", key.str()), std::move(hint));
    }
    TakeText(table, "id", revision.id);
    if (revision.id.empty()) {
      diagnostics_.Append(
          Error(ErrorCode::kBadInput, "the header has no `id`", "it is the first part of the file's name", {file_, 0})
              .error());
    }
    TakeList(table, "parents", [&](const toml::node& node, const std::string& parent) {
      if (std::ranges::contains(revision.parents, parent) || parent == revision.id) {
        Problem(node.source(), parent == revision.id ? fmt::format("`{}` cannot be its own parent", parent)
                                                     : fmt::format("`{}` stands twice among the parents", parent));
      }
      revision.parents.push_back(parent);
    });
    TakeText(table, "message", revision.message);
    if (const toml::node* node = table.get("created")) {
      if (const auto* created = node->as_date_time()) {
        std::ostringstream text;
        text << created->get();
        revision.created = text.str();
      } else {
        Problem(node->source(), "`created` must be a time, as in 2026-01-31T12:00:00Z");
      }
    }
    TakeText(table, "tool", revision.tool);
    if (const toml::node* node = table.get("postgres")) {
      if (!node->is_integer()) Problem(node->source(), "`postgres` must be a number, as in 17");
      revision.postgres_version = node->value_or(0);
    }
    TakeText(table, "before", revision.before);
    TakeText(table, "after", revision.after);
    TakeList(table, "replaces", [&](const toml::node& node, const std::string& text) {
      const std::size_t space = text.find(' ');
      if (space == std::string::npos) return Problem(node.source(), "`replaces` is a list of `ID CHECKSUM`");
      revision.replaces.push_back({.id = text.substr(0, space), .checksum = text.substr(space + 1)});
    });
    if (diagnostics_.empty()) return revision;
    diagnostics_.Sort();
    return std::unexpected(std::move(diagnostics_));
  }

  std::shared_ptr<const SourceFile> file_;
  bool down_;
  Diagnostics diagnostics_;
};

}  // namespace

std::string HeaderText(const Revision& revision, bool down) {
  std::string out = fmt::format("{}\n", down ? kDownTitle : kTitle);
  const auto line = [&](std::string_view key, std::string_view value) {
    out += fmt::format("-- {} = {}\n", key, value);
  };
  line("id", Quoted(revision.id));
  if (!down) {
    std::vector<std::string> parents;
    for (const std::string& parent : revision.parents) parents.push_back(Quoted(parent));
    line("parents", fmt::format("[{}]", fmt::join(parents, ", ")));
  }
  line("message", Quoted(revision.message));
  if (!revision.created.empty()) line("created", revision.created);
  if (!revision.tool.empty()) line("tool", Quoted(revision.tool));
  if (revision.postgres_version != 0) line("postgres", fmt::format("{}", revision.postgres_version));
  if (const std::string& before = down ? revision.after : revision.before; !before.empty()) {
    line("before", Quoted(before));
  }
  if (const std::string& after = down ? revision.before : revision.after; !after.empty()) line("after", Quoted(after));
  if (!down && !revision.replaces.empty()) {
    out += "-- replaces = [\n";
    for (const ReplacedRevision& replaced : revision.replaces) {
      out += fmt::format("--   {},\n", Quoted(fmt::format("{} {}", replaced.id, replaced.checksum)));
    }
    out += "-- ]\n";
  }
  return out;
}

Result<Revision> ParseHeader(std::shared_ptr<const SourceFile> file, bool down) {
  return HeaderReader(std::move(file), down).Read();
}

std::string EndLine(const std::string& id) { return fmt::format("-- end of {}", id); }

}  // namespace schemadiff
