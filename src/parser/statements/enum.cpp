#include <algorithm>

#include <fmt/format.h>

#include "parser/follow_labels.h"
#include "parser/interpreter.h"

namespace schemadiff {
namespace {

ObjectId EnumId(const QualifiedName& name) { return ObjectId::Of(ObjectKind::kEnum, name.schema, name.name); }

ObjectId FindEnum(Interpreter& in, const Statement& statement, const std::vector<std::string>& parts) {
  const Resolution found = in.names().Resolve(NameSpace::kType, parts, *statement.search_path);
  const ObjectId id = EnumId(found.name);
  return in.schema().Contains(id) ? id : ObjectId();
}

Outcome CreateEnum(Interpreter& in, const Statement& statement) {
  const QualifiedName name = in.NewName(statement, Strings(statement.node["typeName"]));
  Object object = in.NewObject(statement, -1, EnumId(name), Enum{.labels = Strings(statement.node["vals"])});
  const Tokens& tokens = statement.file->tokens();
  std::size_t label = 0;
  for (std::size_t i = statement.token_begin; i < statement.token_end; ++i) {
    if (tokens[i].kind != Token::Kind::kString || label >= object.As<Enum>().labels.size()) continue;
    in.ClaimMemberAnnotations(statement, object, tokens[i].start, object.As<Enum>().labels[label++]);
  }
  in.Create(statement, std::move(object));
  return Outcome::kDone;
}

// ALTER TYPE ... ADD VALUE and RENAME VALUE.
Outcome AlterEnum(Interpreter& in, const Statement& statement) {
  const std::vector<std::string> parts = Strings(statement.node["typeName"]);
  const ObjectId id = FindEnum(in, statement, parts);
  if (!id) return in.Waiting(statement, -1, "type", parts.back());
  std::vector<std::string>& labels = in.schema().Find(id)->As<Enum>().labels;
  const std::string new_label(statement.node.Text("newVal"));
  if (statement.node["oldVal"]) {
    const auto old_label = std::ranges::find(labels, statement.node.Text("oldVal"));
    if (old_label == labels.end()) return in.Waiting(statement, -1, "enum value", statement.node.Text("oldVal"));
    *old_label = new_label;
    if (in.replays()) FollowLabelInTexts(in, id, std::string(statement.node.Text("oldVal")), new_label);
    return Outcome::kDone;
  }
  if (std::ranges::find(labels, new_label) != labels.end()) {
    if (!statement.node.Bool("skipIfNewValExists")) {
      in.Error(statement, -1, fmt::format("enum value `{}` is declared twice", new_label), "remove one of them");
    }
    return Outcome::kDone;
  }
  auto place = labels.end();
  if (statement.node["newValNeighbor"]) {
    place = std::ranges::find(labels, statement.node.Text("newValNeighbor"));
    if (place == labels.end()) return in.Waiting(statement, -1, "enum value", statement.node.Text("newValNeighbor"));
    if (statement.node.Bool("newValIsAfter")) ++place;
  }
  labels.insert(place, new_label);
  return Outcome::kDone;
}

}  // namespace

template <>
void RegisterStatements<Enum>(StatementRegistry& registry) {
  registry.statements["CreateEnumStmt"] = CreateEnum;
  registry.statements["AlterEnumStmt"] = AlterEnum;
  registry.declarations.emplace(
      "CreateEnumStmt", StatementRegistry::Declaration{NameSpace::kType, ObjectKind::kEnum, NamesIn<"typeName">});
}

}  // namespace schemadiff
