#include "parser/secrets.h"

namespace schemadiff {
namespace {

using Ranges = std::vector<std::pair<std::uint32_t, std::uint32_t>>;

// Index behind the words that name the kind of object; `begin` when it is another kind.
std::size_t KindEnd(const Tokens& tokens, std::size_t begin) {
  const auto at = [&](std::size_t offset, std::string_view word) {
    return begin + offset < tokens.size() && tokens.Is(begin + offset, word);
  };
  if (at(0, "server") || at(0, "subscription")) return begin + 1;
  if (at(0, "user") && at(1, "mapping")) return begin + 2;
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

}  // namespace

std::vector<std::pair<std::uint32_t, std::uint32_t>> SecretRanges(const Tokens& tokens) {
  Ranges ranges;
  for (std::size_t i = 0; i + 1 < tokens.size(); ++i) {
    if (!tokens.Is(i, "create") && !tokens.Is(i, "alter")) continue;
    const std::size_t begin = KindEnd(tokens, i + 1);
    if (begin == i + 1) continue;
    const std::size_t end = tokens.Find(begin, tokens.size(), ";");
    for (std::size_t at = begin; at + 1 < tokens.size() && at < end; ++at) {
      const std::size_t next = at + 1;
      if (tokens.Is(at, "options") && tokens.Is(next, "(")) AddOptions(tokens, next, ranges);
      if (tokens.Is(at, "connection")) ranges.emplace_back(tokens[next].start, tokens[next].end);
    }
  }
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
