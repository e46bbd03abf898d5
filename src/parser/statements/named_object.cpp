#include "parser/statements/named_object.h"

#include <fmt/format.h>

#include <algorithm>

namespace schemadiff {
namespace {

// How many words a kind has: `materialized view`, `text search configuration`.
std::size_t WordCount(const Tokens& tokens, std::size_t at) {
  const std::size_t next = at + 1;
  for (const std::string_view word : {"access", "event", "large", "materialized", "procedural"}) {
    if (tokens.Is(at, word)) return 2;
  }
  if (tokens.Is(at, "foreign")) return tokens.Is(next, "table") ? 2 : 3;
  if (tokens.Is(at, "text")) return 3;
  if (tokens.Is(at, "operator") && (tokens.Is(next, "class") || tokens.Is(next, "family"))) return 2;
  return 1;
}

}  // namespace

NamedObject FindNamedObject(Interpreter& in, const Statement& statement, std::string_view what) {
  const Tokens& tokens = statement.file->tokens();
  const std::size_t begin = tokens.Find(statement.token_begin, statement.token_end, "on") + 1;
  const std::size_t name = begin + WordCount(tokens, begin);
  std::string kind = tokens.Slice(begin, name);
  std::ranges::transform(kind, kind.begin(),
                         [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  const auto locator = in.registry().locators.find(statement.node.Text("objtype"));
  if (locator == in.registry().locators.end()) {
    in.Warning(statement, -1, fmt::format("{} on a {} are not managed; this one is passed over", what, kind));
    return {};
  }
  const ObjectId id = locator->second(in, statement, statement.node["object"]);
  if (id) return {id};
  return {{}, in.Waiting(statement, -1, kind, tokens.Slice(name, tokens.Find(name, statement.token_end, "is")))};
}

}  // namespace schemadiff
