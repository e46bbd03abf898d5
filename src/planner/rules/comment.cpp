#include <fmt/format.h>

#include "planner/rules.h"
#include "planner/sql.h"
#include "support/quote.h"

namespace schemadiff {
namespace {

std::string CommentSql(ObjectId comment, const PlanContext& context, const std::string& text) {
  return fmt::format("COMMENT ON {} IS {}", RulesFor(comment.parent().kind()).subject(comment.parent(), context),
                     text.empty() ? "NULL" : QuoteLiteral(text));
}

void CreateComment(const Object& object, const PlanContext& context, ActionList& actions) {
  Action& action = actions.Add(object, Verb::kCreate, CommentSql(object.id, context, object.As<Comment>().text));
  action.step.undo = CommentSql(object.id, context, {});
  AddDescriptionLock(action, object.id.parent(), context);
}

void DropComment(const Object& object, const PlanContext& context, ActionList& actions) {
  Action& action = actions.Add(object, Verb::kDrop, CommentSql(object.id, context, {}));
  action.step.undo = CommentSql(object.id, context, object.As<Comment>().text);
  AddDescriptionLock(action, object.id.parent(), context);
}

void SetText(const Alteration& alteration, ActionList& actions) {
  Action& action = actions.Add(alteration.after, Verb::kAlter,
                               CommentSql(alteration.after.id, alteration.context, alteration.After<Comment>().text));
  action.step.undo = CommentSql(alteration.after.id, alteration.context, alteration.Before<Comment>().text);
  AddDescriptionLock(action, alteration.after.id.parent(), alteration.context);
}

}  // namespace

template <>
const KindRules& RulesOf<Comment>() {
  static constexpr auto fields = std::to_array<FieldRule>({{"text", SetText}});
  static_assert(Covers<Comment>(fields));
  static constexpr KindRules rules{.create = CreateComment, .drop = DropComment, .fields = fields};
  return rules;
}

}  // namespace schemadiff
