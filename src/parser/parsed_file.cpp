#include "parser/parsed_file.h"

#include <fmt/format.h>
#include <pg_query.h>

#include <algorithm>
#include <array>

#include "parser/secrets.h"
#include "support/check.h"
#include "support/location_at.h"
#include "support/parallel.h"

namespace schemadiff {
namespace {

constexpr auto kAnnotationNames =
    std::to_array<std::string_view>({"renamed-from", "backfill", "using", "ignore", "allow"});

// psql commands that a dump holds and that say nothing about the schema (pg_dump 17.6 and later: \restrict).
constexpr auto kPassedOver = std::to_array<std::string_view>({"restrict", "unrestrict", "connect", "c", "echo", "set"});

std::string_view Trim(std::string_view text) {
  const auto begin = text.find_first_not_of(" \t\r\n");
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t\r\n") + 1 - begin);
}

// Where the parts of a text begin that are parsed side by side, and whose JSON, ten times as long, is held no longer
// than it takes to read it. A part ends where no statement goes on for certain: `;` stands within the parentheses of
// CREATE RULE and between the statements of a BEGIN ATOMIC body, which can be none of these.
std::vector<std::size_t> PartStarts(const Tokens& tokens) {
  constexpr std::size_t kPartBytes = 64UZ << 10U;
  constexpr auto kBeginnings = std::to_array<std::string_view>({"create", "alter", "comment", "grant"});
  std::vector<std::size_t> starts{0};
  if (tokens.text().size() < kPartBytes) return starts;
  int depth = 0;
  for (std::size_t i = 0; i + 1 < tokens.size(); ++i) {
    const std::string_view text = tokens.Text(i);
    if (text == "(") ++depth;
    if (text == ")") --depth;
    if (text != ";" || depth != 0 || tokens[i + 1].start < starts.back() + kPartBytes) continue;
    const auto begins = [&](std::string_view word) { return tokens.Is(i + 1, word); };
    if (std::ranges::any_of(kBeginnings, begins)) starts.push_back(tokens[i + 1].start);
  }
  return starts;
}

Diagnostic BadInput(const std::shared_ptr<const SourceFile>& file, std::uint32_t offset, std::string message,
                    std::string hint = {}) {
  return {
      .code = ErrorCode::kBadInput, .location = {file, offset}, .message = std::move(message), .hint = std::move(hint)};
}

// Where the text stops being UTF-8 without NUL bytes, which is all that libpg_query reads; npos when it never does.
std::size_t FirstBadByte(std::string_view text) {
  const auto byte = [&](std::size_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U; };
  for (std::size_t i = 0; i < text.size();) {
    const unsigned first = byte(i);
    if (first != 0 && first < 0x80) {
      ++i;
      continue;
    }
    if (first == 0) return i;
    const std::size_t length = first < 0xC2 ? 0 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : first < 0xF5 ? 4 : 0;
    if (length == 0) return i;
    for (std::size_t k = 1; k < length; ++k) {
      if ((byte(i + k) & 0xC0U) != 0x80U) return i;
    }
    // Overlong forms, surrogates, and what lies beyond U+10FFFF.
    const unsigned second = byte(i + 1);
    if ((first == 0xE0 && second < 0xA0) || (first == 0xED && second > 0x9F) || (first == 0xF0 && second < 0x90) ||
        (first == 0xF4 && second > 0x8F)) {
      return i;
    }
    i += length;
  }
  return std::string_view::npos;
}

std::shared_ptr<const SourceFile> Shown(const std::shared_ptr<const SourceFile>& original, const Tokens& tokens) {
  const auto secrets = SecretRanges(tokens);
  if (secrets.empty()) return original;
  return std::make_shared<SourceFile>(original->path(), WithoutSecrets(original->text(), secrets));
}

std::string Blanked(std::string_view text, std::size_t begin, std::size_t end) {
  std::string out(text.substr(0, end));
  for (std::size_t i = 0; i < begin; ++i) {
    if (out[i] != '\n' && out[i] != '\r') out[i] = ' ';
  }
  return out;
}

// What is wrong with a text that has to be one expression; empty when nothing is. It stands within a statement, so it
// must not end one, nor hide in a comment what follows it.
std::string WrongAsExpression(const std::string& text) {
  const PgQueryParseResult result = pg_query_parse(("SELECT (" + text + ")").c_str());
  std::string wrong;
  if (result.error != nullptr) {
    wrong = result.error->message;
  } else {
    const SyntaxTree tree(result.parse_tree);
    const std::vector<Node> statements = tree.root()["stmts"].Items();
    const bool single = statements.size() == 1 && statements[0]["stmt"].As("SelectStmt")["targetList"].Count() == 1;
    if (!single) wrong = "this is more than one";
  }
  pg_query_free_parse_result(result);
  return wrong;
}

// `syntax error at or near "'secret'"`: without what it quotes.
std::string WithoutQuote(std::string_view message) {
  return std::string(message.substr(0, message.find(" at or near "))) + " at a value that may be a secret";
}

}  // namespace

ParsedFile::ParsedFile(std::shared_ptr<const SourceFile> source)
    : original_(std::move(source)), tokens_(original_->text()), source_(Shown(original_, tokens_)) {
  std::string sql = original_->text();
  if (const std::size_t bad = FirstBadByte(sql); bad != std::string::npos) {
    const bool is_null = sql[bad] == '\0';
    diagnostics_.Add(BadInput(source_, static_cast<std::uint32_t>(bad),
                              is_null ? "the file holds a NUL byte, as UTF-16 text does" : "the file is not UTF-8 text",
                              "write it anew in UTF-8, for instance with `iconv -t UTF-8`"));
    return;
  }
  TakeMetaCommands(sql);
  TakeAnnotations();
  Parse(sql);
}

ParsedFile::ParsedFile(const ParsedFile& file, const GuardedStatement& statement)
    : original_(std::make_shared<SourceFile>(file.source_->path(),
                                             Blanked(file.original_->text(), statement.begin, statement.end))),
      tokens_(original_->text()),
      source_(file.source_) {
  TakeAnnotations();
  Parse(original_->text());
  for (ParsedStatement& parsed : statements_) parsed.guard = statement.guard;
}

// What a DO block holds stands in its place.
void ParsedFile::TakeBlock(ParsedStatement block) {
  const std::size_t begin = tokens_[block.token_begin].start;
  const std::size_t end = tokens_[block.token_end - 1].end;
  const auto guarded = ReadDoBlock(original_->text(), begin, end);
  if (!guarded) {
    block.unreadable = guarded.error();
    statements_.push_back(std::move(block));
    return;
  }
  for (const GuardedStatement& statement : *guarded) {
    guarded_.push_back(std::unique_ptr<ParsedFile>(new ParsedFile(*this, statement)));
    std::ranges::copy(guarded_.back()->statements(), std::back_inserter(statements_));
    diagnostics_.Append(guarded_.back()->diagnostics());
  }
}

void ParsedFile::ReleaseAnnotations() {
  for (auto& [line, annotation] : annotations_) annotation.claimed = false;
  for (const auto& file : guarded_) file->ReleaseAnnotations();
}

// Meta-commands become blanks, so that offsets stay what they are.
void ParsedFile::TakeMetaCommands(std::string& sql) {
  if (!sql.contains('\\')) return;
  for (std::size_t i = 0; i < tokens_.size(); ++i) {
    if (tokens_.Text(i) != "\\") continue;
    const std::size_t start = tokens_[i].start;
    const std::size_t line_start = start == 0 ? 0 : sql.rfind('\n', start - 1) + 1;
    if (!Trim(std::string_view(sql).substr(line_start, start - line_start)).empty()) continue;
    const std::size_t end = std::min(sql.find('\n', start), sql.size());
    TakeMetaCommand(std::string_view(original_->text()).substr(start + 1, end - start - 1),
                    static_cast<std::uint32_t>(start));
    std::fill(sql.begin() + static_cast<std::ptrdiff_t>(start), sql.begin() + static_cast<std::ptrdiff_t>(end), ' ');
    while (i + 1 < tokens_.size() && tokens_[i + 1].start < end) ++i;
  }
}

void ParsedFile::TakeMetaCommand(std::string_view line, std::uint32_t offset) {
  const std::size_t space = std::min(line.find_first_of(" \t"), line.size());
  const std::string_view command = Trim(line.substr(0, space));
  std::string_view argument = Trim(line.substr(space));
  if (argument.size() >= 2 && argument.front() == '\'' && argument.back() == '\'') {
    argument = argument.substr(1, argument.size() - 2);
  }
  if (command == "i" || command == "ir" || command == "include" || command == "include_relative") {
    includes_.push_back({.path = std::filesystem::path(argument), .offset = offset});
  } else if (std::ranges::find(kPassedOver, command) == kPassedOver.end()) {
    diagnostics_.Add(BadInput(source_, offset, fmt::format("psql command `\\{}` is not understood", command),
                              "only \\i and \\ir mean something here; remove it"));
  }
}

void ParsedFile::TakeAnnotations() {
  for (const CommentText& comment : tokens_.comments()) {
    std::string_view text = tokens_.text().substr(comment.start, comment.end - comment.start);
    text = Trim(text.starts_with("/*") ? text.substr(2, text.size() - 4) : text.substr(2));
    if (!text.starts_with("schemadiff:")) continue;
    text.remove_prefix(std::string_view("schemadiff:").size());
    const std::size_t space = std::min(text.find_first_of(" \t"), text.size());
    Annotation annotation{.name = std::string(text.substr(0, space)),
                          .argument = std::string(Trim(text.substr(space))),
                          .offset = comment.start};
    if (std::ranges::find(kAnnotationNames, annotation.name) == kAnnotationNames.end()) {
      diagnostics_.Add(BadInput(source_, comment.start,
                                fmt::format("unknown annotation `schemadiff:{}`", annotation.name),
                                "known are renamed-from, backfill, using, ignore and allow"));
      continue;
    }
    if (annotation.name == "backfill" || annotation.name == "using") {
      if (const std::string wrong = WrongAsExpression(annotation.argument); !wrong.empty()) {
        diagnostics_.Add(BadInput(source_, comment.start,
                                  fmt::format("`schemadiff:{}` needs an expression: {}", annotation.name, wrong),
                                  "write one as it would stand in an UPDATE, without a comment behind it"));
        continue;
      }
    }
    // At the end of a line it speaks of that line; alone, of the next line that holds anything.
    const std::size_t next = tokens_.At(comment.end);
    const std::uint32_t line = source_->Position(comment.start).line;
    const bool alone = next == 0 || source_->Position(tokens_[next - 1].end).line < line;
    const std::size_t anchor = alone ? next : next - 1;
    const std::uint32_t target = anchor < tokens_.size() ? source_->Position(tokens_[anchor].start).line : line;
    annotations_.emplace(target, std::move(annotation));
  }
}

void ParsedFile::Parse(const std::string& sql) {
  const std::vector<std::size_t> starts = PartStarts(tokens_);
  const auto end_of = [&](std::size_t part) { return part + 1 < starts.size() ? starts[part + 1] : sql.size(); };
  std::vector<Diagnostics> errors(starts.size());
  trees_.resize(starts.size());
  ForEachPart(starts.size(), 1, [&](std::size_t i, std::size_t) {
    // What stands at 0 has no location in the JSON; behind a blank nothing does.
    const std::string part = ' ' + sql.substr(starts[i], end_of(i) - starts[i]);
    const PgQueryParseResult result = pg_query_parse(part.c_str());
    if (result.error == nullptr) {
      trees_[i] = SyntaxTree(result.parse_tree, static_cast<std::int64_t>(starts[i]) - 1);
      if (const auto at = trees_[i].too_deep_at()) {
        errors[i].Add(BadInput(source_, static_cast<std::uint32_t>(*at), "this nests more than 10,000 operators deep",
                               "PostgreSQL refuses it as well, or cannot print it (max_stack_depth); break it up"));
      }
    } else {
      // libpg_query counts in characters, from 1, which is the blank before the part.
      const auto offset = static_cast<std::uint32_t>(ByteAfter(sql, starts[i], result.error->cursorpos - 2));
      const bool hides = offset < sql.size() && source_->text()[offset] != original_->text()[offset];
      errors[i].Add(BadInput(source_, offset, hides ? WithoutQuote(result.error->message) : result.error->message));
    }
    pg_query_free_parse_result(result);
  });
  for (std::size_t i = 0; i < starts.size(); ++i) {
    diagnostics_.Append(errors[i]);
    if (!errors[i].HasErrors()) AddStatements(trees_[i], starts[i], end_of(i));
  }
}

void ParsedFile::AddStatements(const SyntaxTree& tree, std::size_t start, std::size_t end) {
  Ensure(static_cast<bool>(tree.root()), "libpg_query writes JSON that can be read");
  for (const Node item : tree.root()["stmts"].Items()) {
    // That of the first one, which begins with the blank, is left out.
    const Node location = item["stmt_location"];
    const std::size_t begin = location ? static_cast<std::size_t>(item.Int("stmt_location")) : start;
    const std::size_t blank = location ? 0 : 1;
    const auto length = static_cast<std::size_t>(item.Int("stmt_len"));
    const Node wrapped = item["stmt"];
    ParsedStatement statement{.file = this,
                              .type = StatementType(wrapped),
                              .node = wrapped.Inner(),
                              .token_begin = tokens_.At(begin),
                              .token_end = tokens_.At(length == 0 ? end : begin + length - blank)};
    if (statement.type == "DoStmt") {
      TakeBlock(std::move(statement));
    } else {
      statements_.push_back(std::move(statement));
    }
  }
}

}  // namespace schemadiff
