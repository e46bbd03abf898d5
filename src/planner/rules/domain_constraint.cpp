#include <fmt/format.h>

#include "planner/rules.h"
#include "planner/sql.h"
#include "planner/types.h"
#include "support/quote.h"

namespace schemadiff {
namespace {

std::string AlterDomain(const Object& object) { return "ALTER DOMAIN " + RelationName(object.id.parent()); }

std::string AddDomainConstraintSql(const Object& object) {
  return fmt::format("{} ADD CONSTRAINT {} CHECK ({})", AlterDomain(object), QuoteIdentifier(object.id.name()),
                     object.As<DomainConstraint>().expression.Text());
}

std::string DropDomainConstraintSql(const Object& object) {
  return fmt::format("{} DROP CONSTRAINT {}", AlterDomain(object), QuoteIdentifier(object.id.name()));
}

void Scans(Action& action, const Object& object, const PlanContext& context) {
  action.step.transaction = TransactionMode::kOwn;
  AddDomainScan(action, object.id.parent(), context);
  AddHazard(action, HazardKind::kMayFail, "every value of the domain has to satisfy the constraint");
}

std::string ValidateSql(const Object& object) {
  return fmt::format("{} VALIDATE CONSTRAINT {}", AlterDomain(object), QuoteIdentifier(object.id.name()));
}

// Whether rows have to be read to prove it, which is a step apart.
bool IsProvedApart(const Object& object, const PlanContext& context) {
  const ObjectId domain = object.id.parent();
  return object.As<DomainConstraint>().valid && !context.IsNew(domain) && !TablesUsing(domain, context).empty();
}

void CreateDomainConstraint(const Object& object, const PlanContext& context, ActionList& actions) {
  const bool apart = IsProvedApart(object, context);
  const bool unproved = apart || !object.As<DomainConstraint>().valid;
  actions.Add(object, Verb::kCreate, AddDomainConstraintSql(object) + (unproved ? " NOT VALID" : "")).step.undo =
      DropDomainConstraintSql(object);
  if (apart) Scans(actions.Then(object, Verb::kAlter, ValidateSql(object)), object, context);
}

void DropDomainConstraint(const Object& object, const PlanContext& context, ActionList& actions) {
  Action& action = actions.Add(object, Verb::kDrop, DropDomainConstraintSql(object));
  // One that is made anew at once belongs to no later phase.
  if (!context.desired().Contains(object.id)) action.step.phase = Phase::kContract;
  action.step.undo = AddDomainConstraintSql(object) + (object.As<DomainConstraint>().valid ? "" : " NOT VALID");
}

void RenameDomainConstraint(ObjectId from, const Object& object, const PlanContext&, ActionList& actions) {
  const auto rename = [&](ObjectId old_id, ObjectId new_id) {
    return fmt::format("{} RENAME CONSTRAINT {} TO {}", AlterDomain(object), QuoteIdentifier(old_id.name()),
                       QuoteIdentifier(new_id.name()));
  };
  actions.Add(object, Verb::kRename, rename(from, object.id)).step.undo = rename(object.id, from);
}

// Dropped and added in one step: new values are checked at any time.
void RedefineDomainConstraint(const Alteration& alteration, ActionList& actions) {
  const Object& after = alteration.after;
  const bool same = alteration.Before<DomainConstraint>().expression == alteration.After<DomainConstraint>().expression;
  if (same && after.As<DomainConstraint>().valid) {
    Scans(actions.Add(after, Verb::kAlter, ValidateSql(after)), after, alteration.context);
    return;
  }
  const bool apart = IsProvedApart(after, alteration.context);
  const bool unproved = apart || !after.As<DomainConstraint>().valid;
  Action& action = actions.Add(after, Verb::kReplace, DropDomainConstraintSql(after));
  action.step.sql.push_back(AddDomainConstraintSql(after) + (unproved ? " NOT VALID" : ""));
  if (apart) Scans(actions.Then(after, Verb::kAlter, ValidateSql(after)), after, alteration.context);
}

}  // namespace

template <>
const KindRules& RulesOf<DomainConstraint>() {
  static constexpr auto fields = std::to_array<FieldRule>({
      {"expression", RedefineDomainConstraint},
      {"valid", RedefineDomainConstraint},
  });
  static_assert(Covers<DomainConstraint>(fields));
  static constexpr KindRules rules{.create = CreateDomainConstraint,
                                   .drop = DropDomainConstraint,
                                   .fields = fields,
                                   .subject = SubjectOnParent<"CONSTRAINT", "DOMAIN ">,
                                   .rename = RenameDomainConstraint,
                                   .gap = "until it is added again, values may break it"};
  return rules;
}

}  // namespace schemadiff
