#include <fmt/format.h>

#include "planner/rules.h"
#include "planner/rules/rename.h"
#include "planner/sql.h"
#include "support/quote.h"

namespace schemadiff {
namespace {

constexpr std::string_view kAccessReason = "which rows a role sees or writes changes";

std::string PolicyTarget(const Object& object) {
  return QuoteIdentifier(object.id.name()) + " ON " + RelationName(object.id.parent());
}

std::string CommandName(Policy::Command command) {
  switch (command) {
    case Policy::Command::kAll: return "ALL";
    case Policy::Command::kSelect: return "SELECT";
    case Policy::Command::kInsert: return "INSERT";
    case Policy::Command::kUpdate: return "UPDATE";
    case Policy::Command::kDelete: return "DELETE";
  }
  return {};
}

std::string Roles(const Policy& policy) {
  std::vector<std::string> names;
  for (const std::string& role : policy.roles) names.push_back(RoleName(role));
  return names.empty() ? "PUBLIC" : Join(names, ", ");
}

std::string Expressions(const Policy& policy) {
  std::string sql;
  if (policy.using_expression) sql += " USING (" + policy.using_expression.Text() + ")";
  if (policy.check_expression) sql += " WITH CHECK (" + policy.check_expression.Text() + ")";
  return sql;
}

std::string CreatePolicySql(const Object& object) {
  const Policy& policy = object.As<Policy>();
  std::string sql = "CREATE POLICY " + PolicyTarget(object);
  if (!policy.permissive) sql += " AS RESTRICTIVE";
  if (policy.command != Policy::Command::kAll) sql += " FOR " + CommandName(policy.command);
  if (!policy.roles.empty()) sql += " TO " + Roles(policy);
  return sql + Expressions(policy);
}

std::string AlterPolicySql(const Object& object) {
  return fmt::format("ALTER POLICY {} TO {}{}", PolicyTarget(object), Roles(object.As<Policy>()),
                     Expressions(object.As<Policy>()));
}

void CreatePolicy(const Object& object, const PlanContext& context, ActionList& actions) {
  Action& action = actions.Add(object, Verb::kCreate, CreatePolicySql(object));
  action.step.undo = "DROP POLICY " + PolicyTarget(object);
  if (context.IsNew(object.id.parent())) return;
  AddLock(action, object.id.parent(), LockMode::kAccessExclusive);
  AddHazard(action, HazardKind::kAccessChange, std::string(kAccessReason));
}

void DropPolicy(const Object& object, const PlanContext& context, ActionList& actions) {
  Action& action = actions.Add(object, Verb::kDrop, "DROP POLICY " + PolicyTarget(object));
  action.step.undo = CreatePolicySql(object);
  // One that is made anew at once belongs to no later phase.
  if (!context.desired().Contains(object.id)) action.step.phase = Phase::kContract;
  AddLock(action, object.id.parent(), LockMode::kAccessExclusive);
  AddHazard(action, HazardKind::kAccessChange, std::string(kAccessReason));
}

// ALTER POLICY can set an expression, but neither take one away nor change what the policy is for.
bool CanAlter(const Policy& before, const Policy& after) {
  return before.command == after.command && before.permissive == after.permissive &&
         (after.using_expression || !before.using_expression) && (after.check_expression || !before.check_expression);
}

// Dropped and created in one step: at no time is the table without it.
void RedefinePolicy(const Alteration& alteration, ActionList& actions) {
  const Policy& before = alteration.Before<Policy>();
  const Policy& after = alteration.After<Policy>();
  const bool in_place = CanAlter(before, after);
  Action& action =
      actions.Add(alteration.after, in_place ? Verb::kAlter : Verb::kReplace,
                  in_place ? AlterPolicySql(alteration.after) : "DROP POLICY " + PolicyTarget(alteration.after));
  if (!in_place) action.step.sql.push_back(CreatePolicySql(alteration.after));
  action.makes_anew = !in_place;
  if (CanAlter(after, before)) action.step.undo = AlterPolicySql(alteration.before);
  AddLock(action, alteration.after.id.parent(), LockMode::kAccessExclusive);
  AddHazard(action, HazardKind::kAccessChange, std::string(kAccessReason));
}

}  // namespace

template <>
const KindRules& RulesOf<Policy>() {
  static constexpr auto fields = std::to_array<FieldRule>({
      {"command", RedefinePolicy},
      {"permissive", RedefinePolicy},
      {"roles", RedefinePolicy},
      {"using_expression", RedefinePolicy},
      {"check_expression", RedefinePolicy},
  });
  static_assert(Covers<Policy>(fields));
  static constexpr KindRules rules{.create = CreatePolicy,
                                   .drop = DropPolicy,
                                   .fields = fields,
                                   .subject = SubjectOnParent<"POLICY">,
                                   .rename = RenameObject,
                                   .pins_column_types = true,
                                   .gap = "until it is created again, the other policies alone decide"};
  return rules;
}

}  // namespace schemadiff
