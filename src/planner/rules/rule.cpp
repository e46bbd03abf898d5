#include <algorithm>

#include "planner/rules.h"
#include "planner/rules/rename.h"

namespace schemadiff {
namespace {

std::string_view EventName(Rule::Event event) {
  switch (event) {
    case Rule::Event::kInsert: return "INSERT";
    case Rule::Event::kUpdate: return "UPDATE";
    case Rule::Event::kDelete: return "DELETE";
  }
  return {};
}

std::string CreateRuleSql(const Object& object, std::string_view create) {
  const Rule& rule = object.As<Rule>();
  return fmt::format("{} RULE {} AS ON {} TO {}\n{}", create, QuoteIdentifier(object.id.name()), EventName(rule.event),
                     RelationName(object.id.parent()), rule.definition.Text());
}

std::string EnableRuleSql(const Object& object) {
  return fmt::format("ALTER TABLE {} {} RULE {}", RelationName(object.id.parent()),
                     EnableWords(object.As<Rule>().enabled), QuoteIdentifier(object.id.name()));
}

std::string DropRuleSql(const Object& object) {
  return fmt::format("DROP RULE {} ON {}", QuoteIdentifier(object.id.name()), RelationName(object.id.parent()));
}

// The commands are analyzed when the rule is made, which locks what they write to as if they ran.
void LockForRuleCreation(Action& action, const Object& object, const PlanContext& context) {
  const ObjectId relation = object.id.parent();
  if (!context.IsNew(relation)) AddLock(action, relation, LockMode::kAccessExclusive);
  for (const ObjectId target : object.As<Rule>().targets) {
    if (!context.IsNew(target)) AddLock(action, target, LockMode::kRowExclusive);
  }
}

// Whole rows must not hold a column that goes.
bool WaitsForDrops(const Object& object, const PlanContext& context) {
  return object.As<Rule>().whole_row &&
         std::ranges::any_of(context.live().Members(object.id.parent()), [&](const Object* member) {
           return member->id.kind() == ObjectKind::kColumn && !context.desired().Contains(member->id);
         });
}

void CreateRule(const Object& object, const PlanContext& context, ActionList& actions) {
  Action& action = actions.Add(object, Verb::kCreate, CreateRuleSql(object, "CREATE"));
  if (object.As<Rule>().enabled != Trigger::Enabled::kOrigin) action.step.sql.push_back(EnableRuleSql(object));
  action.step.undo = DropRuleSql(object);
  action.after_column_drops = WaitsForDrops(object, context);
  LockForRuleCreation(action, object, context);
}

void DropRule(const Object& object, const PlanContext& context, ActionList& actions) {
  Action& action = actions.Add(object, Verb::kDrop, DropRuleSql(object));
  if (object.As<Rule>().enabled == Trigger::Enabled::kOrigin) action.step.undo = CreateRuleSql(object, "CREATE");
  // One that is made anew at once belongs to no later phase.
  if (!context.desired().Contains(object.id)) action.step.phase = Phase::kContract;
  AddLock(action, object.id.parent(), LockMode::kAccessExclusive);
}

bool CanRedefine(const Alteration& alteration) { return !WaitsForDrops(alteration.after, alteration.context); }

// CREATE OR REPLACE RULE leaves the state as it is: src/backend/rewrite/rewriteDefine.c, InsertRule.
void RedefineRule(const Alteration& alteration, ActionList& actions) {
  Action& action = actions.Add(alteration.after, Verb::kAlter, CreateRuleSql(alteration.after, "CREATE OR REPLACE"));
  action.step.undo = CreateRuleSql(alteration.before, "CREATE OR REPLACE");
  LockForRuleCreation(action, alteration.after, alteration.context);
}

void SetRuleEnabled(const Alteration& alteration, ActionList& actions) {
  Action& action = actions.Add(alteration.after, Verb::kAlter, EnableRuleSql(alteration.after));
  action.step.undo = EnableRuleSql(alteration.before);
  AddLock(action, alteration.after.id.parent(), LockMode::kAccessExclusive);
}

}  // namespace

template <>
const KindRules& RulesOf<Rule>() {
  static constexpr auto fields = std::to_array<FieldRule>({
      {"event", RedefineRule, CanRedefine},
      {"definition", RedefineRule, CanRedefine},
      {"enabled", SetRuleEnabled},
  });
  static_assert(Covers<Rule>(fields));
  static constexpr KindRules rules{.create = CreateRule,
                                   .drop = DropRule,
                                   .fields = fields,
                                   .subject = SubjectOnParent<"RULE">,
                                   .rename = RenameObject,
                                   .pins_column_types = true,
                                   .gap = "until it is created again, it does not apply"};
  return rules;
}

}  // namespace schemadiff
