#include "parser/statements/named_object.h"

namespace schemadiff {
namespace {

// An empty comment is none (manual: COMMENT).
Outcome SetComment(Interpreter& in, const Statement& statement) {
  const NamedObject target = FindNamedObject(in, statement, "comments");
  if (!target.id) return target.outcome;
  const ObjectId id = ObjectId::Member(ObjectKind::kComment, target.id, "");
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
