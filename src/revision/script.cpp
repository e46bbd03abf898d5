#include "revision/script.h"

#include <fmt/format.h>
#include <pg_query.h>

#include <algorithm>
#include <array>
#include <memory>
#include <optional>
#include <span>

#include "model/identity.h"
#include "parser/tokens.h"
#include "revision/header.h"
#include "revision/step_comment.h"
#include "support/location_at.h"

namespace schemadiff {
namespace {

/// A statement's place in the text, without its semicolon and what stands before it.
struct Piece {
  std::size_t begin = 0;
  std::size_t end = 0;
};

class ScriptReader {
 public:
  explicit ScriptReader(const std::shared_ptr<const SourceFile>& file) : file_(file), tokens_(file->text()) {}

  Result<Script> Read() {
    const Result<std::vector<Piece>> pieces = Split();
    if (!pieces) return std::unexpected(pieces.error());
    std::size_t seen = 0;  // Comments before it are dealt with.
    for (const Piece& piece : *pieces) {
      ReadComments(seen, piece.begin);
      seen = piece.end;
      if (Result<void> fine = Take(piece); !fine) return std::unexpected(fine.error());
    }
    if (in_transaction_) {
      return Error(ErrorCode::kBadInput, "this transaction is not ended", "put COMMIT behind its last statement",
                   {file_, static_cast<std::uint32_t>(transaction_begin_)});
    }
    return std::move(script_);
  }

 private:
  Result<std::vector<Piece>> Split() const {
    const std::string& text = file_->text();
    const std::unique_ptr<PgQuerySplitResult, void (*)(PgQuerySplitResult*)> split(
        new PgQuerySplitResult(pg_query_split_with_parser(text.c_str())), [](PgQuerySplitResult* result) {
          pg_query_free_split_result(*result);
          delete result;
        });
    if (split->error != nullptr) {
      // libpg_query counts in characters, from 1.
      const auto offset = static_cast<std::uint32_t>(ByteAfter(text, 0, split->error->cursorpos - 1));
      const SourceLocation where{file_, offset};
      const std::string_view line = file_->Line(file_->Position(offset).line);
      if (line.substr(std::min(line.find_first_not_of(" \t"), line.size())).starts_with('\\')) {
        return Error(ErrorCode::kBadInput, "commands of psql are no SQL, and cannot be run here",
                     "write what it does as SQL, or keep it in a script of its own", where);
      }
      return Error(ErrorCode::kBadInput, split->error->message, {}, where);
    }
    std::vector<Piece> pieces;
    for (const PgQuerySplitStmt* statement : std::span(split->stmts, static_cast<std::size_t>(split->n_stmts))) {
      const auto begin = static_cast<std::size_t>(statement->stmt_location);
      const std::size_t end = begin + static_cast<std::size_t>(statement->stmt_len);
      const std::size_t first = tokens_.At(begin);
      if (first == tokens_.size() || tokens_[first].start >= end) continue;
      pieces.push_back({.begin = tokens_[first].start, .end = end});
    }
    return pieces;
  }

  void ReadComments(std::size_t begin, std::size_t end) {
    const auto& comments = tokens_.comments();
    auto comment = std::ranges::lower_bound(comments, begin, {}, &CommentText::start);
    for (; comment != comments.end() && comment->start < end; ++comment) {
      const std::string_view text =
          std::string_view(file_->text()).substr(comment->start, comment->end - comment->start);
      if (std::optional<Step> step = ParseStepComment(text)) {
        next_ = std::move(*step);
      } else if (next_) {
        ParseStepFact(text, *next_);
      }
    }
  }

  Result<void> Take(const Piece& piece) {
    const std::size_t first = tokens_.At(piece.begin);
    const SourceLocation where{file_, static_cast<std::uint32_t>(piece.begin)};
    const auto is = [&](std::string_view word) { return tokens_.Is(first, word); };
    if (is("begin") || is("start")) {
      if (in_transaction_) {
        return Error(ErrorCode::kBadInput, "a transaction begins within another", "put COMMIT in front of it", where);
      }
      if (Result<void> fine = CheckBegin(piece, first, where); !fine) return fine;
      in_transaction_ = true;
      transaction_begin_ = piece.begin;
      open_ = false;
      ++group_;
      return {};
    }
    if (is("commit") || is("end")) {
      if (!in_transaction_) return Error(ErrorCode::kBadInput, "no transaction is open here", "remove it", where);
      in_transaction_ = open_ = false;
      return {};
    }
    if (is("set") && tokens_.Is(first + 1, "transaction")) {
      return Error(ErrorCode::kBadInput, "a transaction of a revision has no modes of its own", "remove it", where);
    }
    constexpr auto kRefused = std::to_array<std::string_view>({"rollback", "abort", "savepoint", "release", "prepare"});
    if (std::ranges::any_of(kRefused, is) && !(is("prepare") && !tokens_.Is(first + 1, "transaction"))) {
      return Error(ErrorCode::kBadInput,
                   fmt::format("`{}` would leave it open what of the revision was done", tokens_.Text(first)),
                   "write BEGIN and COMMIT around what belongs together", where);
    }
    if (is("copy") && tokens_.Find(first, tokens_.At(piece.end), "stdin") < tokens_.At(piece.end)) {
      return Error(ErrorCode::kBadInput, "rows of COPY FROM stdin cannot be read from a revision",
                   "write INSERT statements", where);
    }
    std::string sql = file_->text().substr(piece.begin, piece.end - piece.begin);
    if (is("set") && !tokens_.Is(first + 1, "local") && !in_transaction_ && script_.steps.empty() && !next_) {
      script_.session.push_back(std::move(sql));
      return {};
    }
    AddStatement(std::move(sql), where);
    return {};
  }

  void AddStatement(std::string sql, const SourceLocation& where) {
    // What follows a step's statement without a comment of its own belongs to it. Outside a transaction each statement
    // is a step: what is done of it is done.
    if (in_transaction_ && open_ && !next_) {
      script_.steps.back().sql.push_back(std::move(sql));
      return;
    }
    Step step;
    if (next_) {
      step = std::move(*next_);
    } else {
      step.verb = Verb::kRun;
      step.object_kind = kStatement;
      step.object_name = where.PathAndLine();
    }
    next_.reset();
    if (!in_transaction_) ++group_;
    step.group = group_;
    step.transaction = in_transaction_ ? TransactionMode::kShared : TransactionMode::kNone;
    step.source = where.PathAndLine();
    step.cleanup = CleanupOf(sql);
    step.sql.push_back(std::move(sql));
    script_.steps.push_back(std::move(step));
    open_ = true;
  }

  // A failed CREATE INDEX CONCURRENTLY leaves an INVALID index, in the schema of its table.
  static std::string CleanupOf(const std::string& sql) {
    const Tokens tokens(sql);
    std::size_t at = tokens.Is(1, "unique") ? 2 : 1;
    if (tokens.size() < 5 || !tokens.Is(0, "create") || !tokens.Is(at, "index") || !tokens.Is(at + 1, "concurrently")) {
      return {};
    }
    at += 2;
    if (tokens.Is(at, "if") || tokens.Is(at, "on")) return {};
    const std::string_view name = tokens.Text(at);
    std::size_t table = tokens.Find(at, tokens.size(), "on") + 1;
    if (table < tokens.size() && tokens.Is(table, "only")) ++table;
    const bool is_qualified = table + 1 < tokens.size() && tokens.Is(table + 1, ".");
    const std::string schema = is_qualified ? std::string(tokens.Text(table)) + "." : "";
    return fmt::format("DROP INDEX CONCURRENTLY IF EXISTS {}{}", schema, name);
  }

  // BEGIN [WORK | TRANSACTION]: a transaction here has rows of the ledger in it, too.
  Result<void> CheckBegin(const Piece& piece, std::size_t first, const SourceLocation& where) const {
    const std::size_t end = tokens_.At(piece.end);
    std::size_t at = first + 1;
    if (at < end && (tokens_.Is(at, "work") || tokens_.Is(at, "transaction"))) ++at;
    if (at >= end) return {};
    return Error(ErrorCode::kBadInput, "a transaction of a revision has no modes of its own", "write a bare BEGIN",
                 where);
  }

  static constexpr std::string_view kStatement = "statement";

  std::shared_ptr<const SourceFile> file_;
  Tokens tokens_;
  Script script_;
  std::optional<Step> next_;  ///< Whose comment was read last, and whose statements are to come.
  int group_ = 0;
  bool in_transaction_ = false;
  bool open_ = false;  ///< Whether the last step may take more statements.
  std::size_t transaction_begin_ = 0;
};

}  // namespace

Result<Script> ReadScript(const std::shared_ptr<const SourceFile>& file) { return ScriptReader(file).Read(); }

}  // namespace schemadiff
