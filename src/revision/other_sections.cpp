#include "revision/other_sections.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace schemadiff {
namespace {

using SourcePtr = std::shared_ptr<const SourceFile>;

struct Line {
  std::size_t begin = 0;
  std::size_t end = 0;  ///< After its line ending.
  std::string_view text;
};

std::string_view Trimmed(std::string_view text) {
  constexpr std::string_view kSpace = " \t\r\n\f\v";
  const std::size_t begin = text.find_first_not_of(kSpace);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(kSpace) + 1 - begin);
}

std::vector<Line> Lines(const SourceFile& file) {
  const std::string_view text = file.text();
  std::vector<Line> out;
  std::size_t begin = 0;
  while (begin < text.size()) {
    const std::size_t newline = text.find('\n', begin);
    const std::size_t end = newline == std::string_view::npos ? text.size() : newline + 1;
    out.push_back({begin, end, text.substr(begin, end - begin)});
    begin = end;
  }
  return out;
}

bool EqualsFolded(std::string_view a, std::string_view b) {
  return std::ranges::equal(
      a, b, {}, [](unsigned char c) { return std::tolower(c); }, [](unsigned char c) { return std::tolower(c); });
}

// What stands after `--` and `word` at the beginning of a line: `transaction:false` of `-- migrate:up
// transaction:false`.
std::optional<std::string_view> Directive(std::string_view line, std::string_view word) {
  if (!line.starts_with("--")) return std::nullopt;
  const std::string_view rest = Trimmed(line.substr(2));
  if (!rest.starts_with(word)) return std::nullopt;
  const std::string_view after = rest.substr(word.size());
  if (!after.empty() && std::isspace(static_cast<unsigned char>(after.front())) == 0) return std::nullopt;
  return Trimmed(after);
}

bool IsBlankOrComment(std::string_view line) {
  const std::string_view text = Trimmed(line);
  return text.empty() || text.starts_with("--");
}

// The text of some lines of a file.
class Part {
 public:
  explicit Part(const SourcePtr& file) : file_(file), text_(file->text()) {
    for (char& c : text_) {
      if (c != '\n' && c != '\r') c = ' ';
    }
  }

  void Add(const Line& line) { line.text.copy(text_.data() + line.begin, line.text.size()); }
  SourcePtr Take() { return std::make_shared<SourceFile>(file_->path(), std::move(text_)); }

 private:
  SourcePtr file_;
  std::string text_;
};

std::unexpected<Diagnostics> Wrong(const SourcePtr& file, std::size_t offset, std::string message, std::string hint) {
  return Error(ErrorCode::kBadInput, std::move(message), std::move(hint),
               {.file = file, .offset = static_cast<std::uint32_t>(offset)});
}

// goose's own state machine: which section a line is in, and whether in a statement of several lines.
class Goose {
 public:
  Goose(const SourcePtr& file, Diagnostics& warnings) : file_(file), warnings_(warnings), up_(file), down_(file) {}

  Result<Sections> Read() {
    for (const Line& line : Lines(*file_)) {
      const std::optional<std::string_view> annotation = Directive(line.text, "+goose");
      const Result<void> done = annotation ? Annotation(line, *annotation) : Sql(line);
      if (!done) return std::unexpected(done.error());
    }
    if (section_ == Section::kNone) {
      return Wrong(file_, 0, "there is no `-- +goose Up`", "begin the migration with it");
    }
    if (open_) {
      return Wrong(file_, *open_, "`-- +goose StatementBegin` has no `-- +goose StatementEnd`", "end the statement");
    }
    return Sections{.up = up_.Take(), .down = section_ == Section::kDown ? down_.Take() : nullptr};
  }

 private:
  enum class Section : std::uint8_t { kNone, kUp, kDown };

  Result<void> Annotation(const Line& line, std::string_view word) {
    const auto wrong = [&](std::string_view why) {
      return Wrong(file_, line.begin, fmt::format("`-- +goose {}` {}", word, why),
                   "a file has `-- +goose Up`, then `-- +goose Down`, and whole statements in each");
    };
    if (EqualsFolded(word, "up")) {
      if (section_ != Section::kNone) return wrong("stands here a second time");
      section_ = Section::kUp;
    } else if (EqualsFolded(word, "down")) {
      if (section_ == Section::kNone) return wrong("stands before `-- +goose Up`");
      if (section_ == Section::kDown) return wrong("stands here a second time");
      if (open_) return wrong("stands inside of a statement");
      section_ = Section::kDown;
    } else if (EqualsFolded(word, "statementbegin")) {
      if (section_ == Section::kNone) return wrong("stands before `-- +goose Up`");
      if (open_) return wrong("stands inside of a statement");
      open_ = line.begin;
    } else if (EqualsFolded(word, "statementend")) {
      if (!open_) return wrong("ends no statement");
      open_.reset();
    } else if (EqualsFolded(word, "envsub on")) {
      warnings_.Add({.code = ErrorCode::kBadInput,
                     .severity = Severity::kWarning,
                     .location = {.file = file_, .offset = static_cast<std::uint32_t>(line.begin)},
                     .message = "variables of the environment that goose fills in are left as they stand",
                     .hint = {},
                     .sqlstate = {}});
    } else if (!EqualsFolded(word, "envsub off") && !EqualsFolded(word, "no transaction")) {
      return wrong("is no annotation of goose");
    }
    return {};
  }

  Result<void> Sql(const Line& line) {
    if (section_ == Section::kNone && !IsBlankOrComment(line.text)) {
      return Wrong(file_, line.begin, "a statement stands before `-- +goose Up`", "move it below");
    }
    if (section_ == Section::kUp) up_.Add(line);
    if (section_ == Section::kDown) down_.Add(line);
    return {};
  }

  SourcePtr file_;
  Diagnostics& warnings_;
  Part up_;
  Part down_;
  Section section_ = Section::kNone;
  std::optional<std::size_t> open_;  ///< Where the statement of several lines begins that a line is in.
};

}  // namespace

Result<Sections> DbmateSections(const SourcePtr& file) {
  Part up(file);
  Part down(file);
  bool has_up = false;
  bool has_down = false;
  for (const Line& line : Lines(*file)) {
    if (!has_up && Directive(line.text, "migrate:up")) {
      has_up = true;
    } else if (!has_down && Directive(line.text, "migrate:down")) {
      if (!has_up) {
        return Wrong(file, line.begin, "`-- migrate:down` stands before `-- migrate:up`",
                     "put the way there before the way back");
      }
      has_down = true;
    } else if (!has_up && !IsBlankOrComment(line.text)) {
      return Wrong(file, line.begin, "a statement stands before `-- migrate:up`", "move it below");
    } else if (has_up) {
      (has_down ? down : up).Add(line);
    }
  }
  if (!has_up) return Wrong(file, 0, "there is no `-- migrate:up`", "begin the migration with it");
  return Sections{.up = up.Take(), .down = has_down ? down.Take() : nullptr};
}

Result<Sections> GooseSections(const SourcePtr& file, Diagnostics& warnings) { return Goose(file, warnings).Read(); }

// Directives of a file stand in the comment at its top, which a blank line ends.
bool HasAtlasDirective(const SourceFile& file, std::string_view name) {
  const std::string word = fmt::format("atlas:{}", name);
  bool found = false;
  for (const Line& line : Lines(file)) {
    if (Trimmed(line.text).empty()) return found;
    if (!line.text.starts_with("--") && !line.text.starts_with('#')) return false;
    found = found || Directive(line.text, word).has_value();
  }
  return found;
}

Result<Sections> AtlasSections(const SourcePtr& file) {
  if (!HasAtlasDirective(*file, "txtar")) return Sections{.up = file, .down = nullptr};
  Part up(file);
  Part down(file);
  bool has_up = false;
  bool has_down = false;
  Part* current = nullptr;
  for (const Line& line : Lines(*file)) {
    const std::string_view text = Trimmed(line.text);
    if (text.size() > 6 && text.starts_with("-- ") && text.ends_with(" --")) {
      const std::string_view name = Trimmed(text.substr(3, text.size() - 6));
      has_up = has_up || name == "migration.sql";
      has_down = has_down || name == "down.sql";
      current = name == "migration.sql" ? &up : name == "down.sql" ? &down : nullptr;
    } else if (current != nullptr) {
      current->Add(line);
    }
  }
  if (!has_up) return Wrong(file, 0, "there is no `-- migration.sql --` in this archive", "add the migration");
  return Sections{.up = up.Take(), .down = has_down ? down.Take() : nullptr};
}

}  // namespace schemadiff
