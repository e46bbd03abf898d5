// The annotations of a file, and whose they are: what an interpreter does with them.
#include <fmt/format.h>

#include <algorithm>
#include <unordered_set>

#include "parser/interpreter.h"

namespace schemadiff {

std::vector<std::string> NameParts(std::string_view text) {
  std::vector<std::string> parts;
  const Tokens tokens(text);
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    std::string part(tokens.Text(i));
    if (part == ".") continue;
    if (tokens[i].kind == Token::Kind::kWord) {
      std::ranges::transform(part, part.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    } else if (part.size() >= 2) {
      part = part.substr(1, part.size() - 2);
    }
    parts.push_back(std::move(part));
  }
  return parts;
}

std::shared_ptr<const Annotations> Interpreter::ClaimAnnotations(const Statement& statement, std::int64_t offset) {
  auto& all = statement.file->annotations();
  if (all.empty()) return nullptr;
  const SourceLocation location = Location(statement, offset);
  const auto [begin, end] = all.equal_range(location.file->Position(location.offset).line);
  std::shared_ptr<Annotations> result;
  for (auto it = begin; it != end; ++it) {
    Annotation& annotation = it->second;
    if (annotation.claimed) continue;
    annotation.claimed = true;
    if (!result) result = std::make_shared<Annotations>();
    if (annotation.name == "renamed-from") result->renamed_from = NameParts(annotation.argument);
    if (annotation.name == "backfill") result->backfill = annotation.argument;
    if (annotation.name == "using") result->conversion = annotation.argument;
    if (annotation.name == "ignore") result->ignore = true;
    if (annotation.name == "allow") {
      const std::size_t space = std::min(annotation.argument.find(' '), annotation.argument.size());
      result->allow.push_back({annotation.argument.substr(0, space),
                               space < annotation.argument.size() ? annotation.argument.substr(space + 1) : ""});
    }
  }
  return result;
}

void Interpreter::ClaimMemberAnnotations(const Statement& statement, Object& object, std::int64_t offset,
                                         const std::string& member) {
  const std::shared_ptr<const Annotations> claimed = ClaimAnnotations(statement, offset);
  if (claimed == nullptr || claimed->renamed_from.empty()) return;
  auto annotations =
      object.annotations ? std::make_shared<Annotations>(*object.annotations) : std::make_shared<Annotations>();
  annotations->renamed_members[member] = claimed->renamed_from.back();
  object.annotations = std::move(annotations);
}

void Interpreter::ReportUnclaimedAnnotations(const std::vector<Statement>& statements) {
  std::unordered_set<const ParsedFile*> seen;
  for (const Statement& statement : statements) {
    if (!seen.insert(statement.file).second) continue;
    for (const auto& [line, annotation] : statement.file->annotations()) {
      if (annotation.claimed) continue;
      diagnostics_.Add(
          {.code = ErrorCode::kBadInput,
           .location = {statement.file->source(), annotation.offset},
           .message = fmt::format("annotation `schemadiff:{}` stands at nothing it could speak of", annotation.name),
           .hint = "put it on the line above the object, column or constraint, or at the end of its line"});
    }
  }
}

}  // namespace schemadiff
