#include <fmt/format.h>

#include <algorithm>

#include "parser/interpreter.h"

namespace schemadiff {
namespace {

// What users call it: `OBJECT_EVENT_TRIGGER` is an event trigger.
std::string KindOf(std::string_view type) {
  if (type == "OBJECT_TABCONSTRAINT" || type == "OBJECT_DOMCONSTRAINT") return "constraint";
  if (type == "OBJECT_MATVIEW") return "materialized view";
  std::string words(type.substr(std::string_view("OBJECT_").size()));
  for (char& c : words) c = c == '_' ? ' ' : c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return words;
}

// COMMENT ON <kind> <name> IS ...: the tokens of the name.
std::string NameIn(const Statement& statement, std::string_view kind) {
  const Tokens& tokens = statement.file->tokens();
  const std::size_t begin = statement.token_begin + 3 + static_cast<std::size_t>(std::ranges::count(kind, ' '));
  return tokens.Slice(begin, tokens.Find(begin, statement.token_end, "is"));
}

// An empty comment is none (manual: COMMENT).
Outcome SetComment(Interpreter& in, const Statement& statement) {
  const std::string_view type = statement.node.Text("objtype");
  const std::string kind = KindOf(type);
  const auto locator = in.registry().locators.find(type);
  if (locator == in.registry().locators.end()) {
    in.Warning(statement, -1, fmt::format("comments on a {} are not managed; this one is passed over", kind));
    return Outcome::kDone;
  }
  const ObjectId target = locator->second(in, statement, statement.node["object"]);
  if (!target) return in.Waiting(statement, -1, kind, NameIn(statement, kind));
  const ObjectId id = ObjectId::Member(ObjectKind::kComment, target, "");
  const std::string_view text = statement.node.Text("comment");
  if (text.empty()) {
    in.schema().Remove(id);
  } else {
    in.schema().Add(in.NewObject(statement, -1, id, Comment{std::string(text)}));
  }
  return Outcome::kDone;
}

}  // namespace

template <>
void RegisterStatements<Comment>(StatementRegistry& registry) {
  registry.statements["CommentStmt"] = SetComment;
}

}  // namespace schemadiff
