#include <fmt/format.h>

#include "planner/rules.h"
#include "planner/sql.h"
#include "support/quote.h"

namespace schemadiff {
namespace {

// How COMMENT ON names an object (manual: COMMENT).
std::string Subject(ObjectId id, const PlanContext& context) {
  using enum ObjectKind;
  const std::string name = QuoteIdentifier(id.name());
  const auto on = [&](std::string_view kind) {
    return fmt::format("{} {} ON {}", kind, name, RelationName(id.parent()));
  };
  switch (id.kind()) {
    case kNamespace: return "SCHEMA " + name;
    case kExtension: return "EXTENSION " + name;
    case kEnum:
    case kCompositeType: return "TYPE " + RelationName(id);
    case kDomain: return "DOMAIN " + RelationName(id);
    case kDomainConstraint: return fmt::format("CONSTRAINT {} ON DOMAIN {}", name, RelationName(id.parent()));
    case kSequence: return "SEQUENCE " + RelationName(id);
    case kRoutine: {
      const Object* routine = context.desired().Find(id);
      if (routine == nullptr) routine = context.live().Find(id);
      const bool procedure = routine != nullptr && routine->As<Routine>().procedure;
      return fmt::format("{} {}", procedure ? "PROCEDURE" : "FUNCTION", id.ToString());
    }
    case kTable: return "TABLE " + RelationName(id);
    case kColumn: return fmt::format("COLUMN {}.{}", RelationName(id.parent()), name);
    case kKey:
    case kCheck:
    case kExclusion:
    case kForeignKey: return on("CONSTRAINT");
    case kView: return "VIEW " + RelationName(id);
    case kMaterializedView: return "MATERIALIZED VIEW " + RelationName(id);
    case kIndex: return "INDEX " + RelationName(id);
    case kTrigger: return on("TRIGGER");
    case kPolicy: return on("POLICY");
    case kColumnDefault:
    case kComment: break;
  }
  return {};
}

std::string Sql(ObjectId comment, const PlanContext& context, const std::string& text) {
  return fmt::format("COMMENT ON {} IS {}", Subject(comment.parent(), context),
                     text.empty() ? "NULL" : QuoteLiteral(text));
}

void Create(const Object& object, const PlanContext& context, ActionList& actions) {
  Action& action = actions.Add(object, Verb::kCreate, Sql(object.id, context, object.As<Comment>().text));
  action.step.undo = Sql(object.id, context, {});
}

void Drop(const Object& object, const PlanContext& context, ActionList& actions) {
  Action& action = actions.Add(object, Verb::kDrop, Sql(object.id, context, {}));
  action.step.undo = Sql(object.id, context, object.As<Comment>().text);
}

void SetText(const Alteration& alteration, ActionList& actions) {
  Action& action = actions.Add(alteration.after, Verb::kAlter,
                               Sql(alteration.after.id, alteration.context, alteration.After<Comment>().text));
  action.step.undo = Sql(alteration.after.id, alteration.context, alteration.Before<Comment>().text);
}

}  // namespace

template <>
const KindRules& RulesOf<Comment>() {
  static constexpr auto fields = std::to_array<FieldRule>({{"text", SetText}});
  static_assert(Covers<Comment>(fields));
  static constexpr KindRules rules{.create = Create, .drop = Drop, .fields = fields};
  return rules;
}

}  // namespace schemadiff
