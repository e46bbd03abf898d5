// Tokens: the lexical structure of SQL text. The syntax tree says where an expression begins, not where it ends; the
// tokens do, and they keep the author's spelling.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace schemadiff {

struct Token {
  enum class Kind : std::uint8_t { kWord, kQuotedIdentifier, kString, kNumber, kSymbol };
  Kind kind = Kind::kSymbol;
  std::uint32_t start = 0;  ///< Byte offsets in the text.
  std::uint32_t end = 0;
};

struct CommentText {
  std::uint32_t start = 0;
  std::uint32_t end = 0;
  bool operator==(const CommentText&) const = default;
};

/// Text to be put in front of the token at an offset, or in its place.
struct Insertion {
  std::uint32_t offset = 0;
  std::string text;
  bool instead = false;
};

/// The tokens and comments of a text (manual: "Lexical Structure"). The text must outlive them.
class Tokens {
 public:
  explicit Tokens(std::string_view text);

  std::size_t size() const { return tokens_.size(); }
  const Token& operator[](std::size_t index) const { return tokens_[index]; }
  const std::vector<CommentText>& comments() const { return comments_; }
  std::string_view text() const { return text_; }

  std::string_view Text(std::size_t index) const;
  /// Whether the token is that keyword (given in lower case) or symbol.
  bool Is(std::size_t index, std::string_view word) const;
  /// Index of the first token that starts at or after an offset; size() when there is none.
  std::size_t At(std::size_t offset) const;
  /// Index of the first token from `begin` to before `end` that is that keyword or symbol outside any parentheses
  /// opened after `begin`; `end` when there is none.
  std::size_t Find(std::size_t begin, std::size_t end, std::string_view word) const;
  /// Index of the bracket that closes the one at `open`; size() when it is not closed.
  std::size_t Close(std::size_t open) const;
  /// End of an expression that begins at `begin`: the first comma, semicolon or unopened bracket, but at most `end`.
  std::size_t ExpressionEnd(std::size_t begin, std::size_t end) const;
  /// Ranges between the commas of [begin, end).
  std::vector<std::pair<std::size_t, std::size_t>> SplitAtCommas(std::size_t begin, std::size_t end) const;

  /// Source text of [begin, end) without comments, with the insertions that lie within it.
  std::string Slice(std::size_t begin, std::size_t end, const std::vector<Insertion>& insertions = {}) const;

 private:
  std::string_view text_;
  std::vector<Token> tokens_;
  std::vector<CommentText> comments_;
};

}  // namespace schemadiff
