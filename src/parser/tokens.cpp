#include "parser/tokens.h"

#include <algorithm>

#include "support/quote.h"

namespace schemadiff {
namespace {

bool IsDigit(char c) { return c >= '0' && c <= '9'; }
bool IsSpace(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == '\v'; }
bool IsOpening(std::string_view t) { return t == "(" || t == "["; }
bool IsClosing(std::string_view t) { return t == ")" || t == "]"; }

// Past the end of a quoted run that starts at `at`; the quote doubles itself, a backslash escapes when told so.
std::size_t SkipQuoted(std::string_view text, std::size_t at, char quote, bool backslash) {
  for (std::size_t i = at + 1; i < text.size(); ++i) {
    if (backslash && text[i] == '\\') {
      ++i;
    } else if (text[i] == quote) {
      if (i + 1 < text.size() && text[i + 1] == quote) {
        ++i;
      } else {
        return i + 1;
      }
    }
  }
  return text.size();
}

// Past the end of a dollar-quoted string that starts at `at`, or `at` when none does.
std::size_t SkipDollarQuoted(std::string_view text, std::size_t at) {
  std::size_t end = at + 1;
  if (end < text.size() && IsDigit(text[end])) return at;
  while (end < text.size() && IsIdentifierPart(text[end]) && text[end] != '$') ++end;
  if (end >= text.size() || text[end] != '$') return at;
  const std::string_view tag = text.substr(at, end + 1 - at);
  const std::size_t close = text.find(tag, end + 1);
  return close == std::string_view::npos ? text.size() : close + tag.size();
}

// Past the end of a comment that starts at `at`, or `at` when none does. Block comments nest.
std::size_t SkipComment(std::string_view text, std::size_t at) {
  if (text[at] != '-' && text[at] != '/') return at;
  const std::string_view two = text.substr(at, 2);
  if (two == "--") return std::min(text.find('\n', at), text.size());
  if (two != "/*") return at;
  int depth = 0;
  for (std::size_t i = at; i + 1 < text.size(); ++i) {
    if (text[i] == '/' && text[i + 1] == '*') {
      ++depth;
      ++i;
    } else if (text[i] == '*' && text[i + 1] == '/') {
      ++i;
      if (--depth == 0) return i + 1;
    }
  }
  return text.size();
}

// Past the end of the token that starts at `at`, and its kind.
std::pair<std::size_t, Token::Kind> SkipToken(std::string_view text, std::size_t at) {
  const char c = text[at];
  const char next = at + 1 < text.size() ? text[at + 1] : '\0';
  if (c == '\'') return {SkipQuoted(text, at, '\'', false), Token::Kind::kString};
  if (c == '"') return {SkipQuoted(text, at, '"', false), Token::Kind::kQuotedIdentifier};
  if ((c == 'e' || c == 'E') && next == '\'') return {SkipQuoted(text, at + 1, '\'', true), Token::Kind::kString};
  if (next == '\'' && std::string_view("bBxXnN").contains(c)) {
    return {SkipQuoted(text, at + 1, '\'', false), Token::Kind::kString};
  }
  if (c == '$') {
    if (const std::size_t end = SkipDollarQuoted(text, at); end > at) return {end, Token::Kind::kString};
  }
  if (IsIdentifierStart(c)) {
    std::size_t end = at + 1;
    while (end < text.size() && IsIdentifierPart(text[end])) ++end;
    return {end, Token::Kind::kWord};
  }
  if (IsDigit(c) || (c == '.' && IsDigit(next))) {
    std::size_t end = at + 1;
    while (end < text.size() && (IsIdentifierPart(text[end]) || text[end] == '.')) ++end;
    return {end, Token::Kind::kNumber};
  }
  return {at + 1, Token::Kind::kSymbol};
}

}  // namespace

Tokens::Tokens(std::string_view text) : text_(text) {
  // Growing by and by, those of a big file would be copied again and again.
  constexpr std::size_t kBytesPerToken = 4;
  tokens_.reserve(text.size() / kBytesPerToken);
  std::size_t at = 0;
  while (at < text.size()) {
    if (IsSpace(text[at])) {
      ++at;
      continue;
    }
    if (const std::size_t end = SkipComment(text, at); end > at) {
      comments_.push_back({static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(end)});
      at = end;
      continue;
    }
    const auto [end, kind] = SkipToken(text, at);
    tokens_.push_back({kind, static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(end)});
    at = end;
  }
}

std::string_view Tokens::Text(std::size_t index) const {
  if (index >= tokens_.size()) return {};
  return text_.substr(tokens_[index].start, tokens_[index].end - tokens_[index].start);
}

bool Tokens::Is(std::size_t index, std::string_view word) const {
  const std::string_view text = Text(index);
  return text.size() == word.size() && std::ranges::equal(text, word, [](char a, char b) {
           return (a >= 'A' && a <= 'Z' ? static_cast<char>(a - 'A' + 'a') : a) == b;
         });
}

std::size_t Tokens::At(std::size_t offset) const {
  return static_cast<std::size_t>(std::ranges::lower_bound(tokens_, offset, {}, &Token::start) - tokens_.begin());
}

std::size_t Tokens::Find(std::size_t begin, std::size_t end, std::string_view word) const {
  for (std::size_t i = begin; i < std::min(end, size()); ++i) {
    if (Is(i, word)) return i;
    if (IsOpening(Text(i))) i = Close(i);
  }
  return end;
}

std::size_t Tokens::Close(std::size_t open) const {
  int depth = 0;
  for (std::size_t i = open; i < size(); ++i) {
    if (IsOpening(Text(i))) ++depth;
    if (IsClosing(Text(i)) && --depth == 0) return i;
  }
  return size();
}

std::size_t Tokens::ExpressionEnd(std::size_t begin, std::size_t end) const {
  end = std::min(end, size());
  for (std::size_t i = begin; i < end; ++i) {
    const std::string_view text = Text(i);
    if (text == "," || text == ";" || IsClosing(text)) return i;
    if (IsOpening(text)) i = Close(i);
  }
  return end;
}

std::vector<std::pair<std::size_t, std::size_t>> Tokens::SplitAtCommas(std::size_t begin, std::size_t end) const {
  std::vector<std::pair<std::size_t, std::size_t>> ranges;
  while (begin < end) {
    const std::size_t stop = ExpressionEnd(begin, end);
    ranges.emplace_back(begin, stop);
    begin = stop + 1;
  }
  return ranges;
}

std::string Tokens::Slice(std::size_t begin, std::size_t end, const std::vector<Insertion>& insertions) const {
  end = std::min(end, size());
  std::string out;
  for (std::size_t i = begin; i < end; ++i) {
    const Token& token = tokens_[i];
    if (i > begin) {
      const std::string_view gap = text_.substr(tokens_[i - 1].end, token.start - tokens_[i - 1].end);
      const bool has_comment = gap.contains("--") || gap.contains("/*");
      out += has_comment ? std::string_view(gap.contains('\n') ? "\n" : " ") : gap;
    }
    bool stays = true;
    for (const Insertion& insertion : insertions) {
      if (insertion.offset != token.start) continue;
      out += insertion.text;
      stays &= !insertion.instead;
    }
    if (stays) out += text_.substr(token.start, token.end - token.start);
  }
  return out;
}

}  // namespace schemadiff
