#include "parser/secrets.h"

#include <algorithm>
#include <array>
#include <cctype>

namespace schemadiff {
namespace {

using Ranges = std::vector<std::pair<std::uint32_t, std::uint32_t>>;

// Index behind the words that name the kind of object; `begin` when it is another kind.
std::size_t KindEnd(const Tokens& tokens, std::size_t begin) {
  const auto at = [&](std::size_t offset, std::string_view word) {
    return begin + offset < tokens.size() && tokens.Is(begin + offset, word);
  };
  if (at(0, "server") || at(0, "subscription") || at(0, "role") || at(0, "group")) return begin + 1;
  if (at(0, "user")) return begin + (at(1, "mapping") ? 2 : 1);
  if (at(0, "foreign") && (at(1, "data") || at(1, "table"))) return begin + 2;
  return begin;
}

// `(ADD name 'value', DROP name)`: all that stands behind the names, and anything quoted. What is not closed goes on to
// the end of the file.
void AddOptions(const Tokens& tokens, std::size_t open, Ranges& ranges) {
  const std::size_t close = tokens.Close(open);
  for (auto [begin, end] : tokens.SplitAtCommas(open + 1, close)) {
    if (begin < end && (tokens.Is(begin, "add") || tokens.Is(begin, "set") || tokens.Is(begin, "drop"))) ++begin;
    for (std::size_t i = begin; i < end; ++i) {
      if (i > begin || tokens[i].kind == Token::Kind::kString) ranges.emplace_back(tokens[i].start, tokens[i].end);
    }
  }
}

bool SpeaksOfSecrets(std::string_view text) {
  constexpr auto kWords = std::to_array<std::string_view>({"password", "options", "connection"});
  return std::ranges::any_of(kWords, [&](std::string_view word) {
    return !std::ranges::search(text, word, {}, [](unsigned char c) { return std::tolower(c); }).empty();
  });
}

// Code in a string constant: the body of a function or of a DO block. In one that is quoted singly, quotes are doubled.
void AddWithin(const Tokens& tokens, std::size_t index, Ranges& ranges) {
  const std::string_view text = tokens.Text(index);
  if (!SpeaksOfSecrets(text)) return;
  if (!text.starts_with('$')) {
    if (index > 0 && tokens.Is(index - 1, "do")) ranges.emplace_back(tokens[index].start, tokens[index].end);
    return;
  }
  const std::size_t open = text.find('$', 1) + 1;
  if (text.size() < 2 * open) return;
  const Tokens inner(text.substr(open, text.size() - 2 * open));
  const auto shift = static_cast<std::uint32_t>(tokens[index].start + open);
  for (const auto& [begin, end] : SecretRanges(inner)) ranges.emplace_back(begin + shift, end + shift);
}

}  // namespace

std::vector<std::pair<std::uint32_t, std::uint32_t>> SecretRanges(const Tokens& tokens) {
  Ranges ranges;
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    if (tokens[i].kind == Token::Kind::kString) AddWithin(tokens, i, ranges);
    if (tokens[i].kind != Token::Kind::kWord || !(tokens.Is(i, "create") || tokens.Is(i, "alter"))) continue;
    const std::size_t begin = KindEnd(tokens, i + 1);
    if (begin == i + 1) continue;
    const std::size_t end = tokens.Find(begin, tokens.size(), ";");
    for (std::size_t at = begin; at + 1 < tokens.size() && at < end; ++at) {
      const std::size_t next = at + 1;
      if (tokens.Is(at, "options") && tokens.Is(next, "(")) AddOptions(tokens, next, ranges);
      const bool names_secret = (tokens.Is(at, "connection") && !tokens.Is(next, "limit")) || tokens.Is(at, "password");
      if (names_secret) ranges.emplace_back(tokens[next].start, tokens[next].end);
    }
  }
  std::ranges::sort(ranges);
  return ranges;
}

std::string WithoutSecrets(std::string text, const Ranges& ranges) {
  for (const auto& [begin, end] : ranges) {
    for (std::size_t i = begin; i < end && i < text.size(); ++i) {
      if (text[i] != '\n' && text[i] != '\r') text[i] = '*';
    }
  }
  return text;
}

}  // namespace schemadiff
