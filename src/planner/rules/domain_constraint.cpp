#include <fmt/format.h>

#include "planner/rules.h"
#include "planner/sql.h"
#include "planner/types.h"
#include "support/quote.h"

namespace schemadiff {
namespace {

std::string AlterDomain(const Object& object) { return "ALTER DOMAIN " + RelationName(object.id.parent()); }

std::string AddSql(const Object& object) {
  return fmt::format("{} ADD CONSTRAINT {} CHECK ({})", AlterDomain(object), QuoteIdentifier(object.id.name()),
                     object.As<DomainConstraint>().expression.sql);
}

std::string DropSql(const Object& object) {
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

void Create(const Object& object, const PlanContext& context, ActionList& actions) {
  const bool valid = object.As<DomainConstraint>().valid;
  const bool holds_rows = !context.IsNew(object.id.parent()) && !TablesUsing(object.id.parent(), context.live()).empty();
  const bool apart = valid && holds_rows;
  Action& action = actions.Add(object, Verb::kCreate, AddSql(object) + (apart || !valid ? " NOT VALID" : ""));
  action.step.undo = DropSql(object);
  if (apart) Scans(actions.Then(object, Verb::kAlter, ValidateSql(object)), object, context);
}

void Drop(const Object& object, const PlanContext& context, ActionList& actions) {
  Action& action = actions.Add(object, Verb::kDrop, DropSql(object));
  // One that is made anew at once belongs to no later phase.
  if (!context.desired().Contains(object.id)) action.step.phase = Phase::kContract;
  action.step.undo = AddSql(object) + (object.As<DomainConstraint>().valid ? "" : " NOT VALID");
}

void Rename(ObjectId from, const Object& object, const PlanContext&, ActionList& actions) {
  const auto rename = [&](ObjectId old_id, ObjectId new_id) {
    return fmt::format("{} RENAME CONSTRAINT {} TO {}", AlterDomain(object), QuoteIdentifier(old_id.name()),
                       QuoteIdentifier(new_id.name()));
  };
  actions.Add(object, Verb::kRename, rename(from, object.id)).step.undo = rename(object.id, from);
}

void Validate(const Alteration& alteration, ActionList& actions) {
  Scans(actions.Add(alteration.after, Verb::kAlter, ValidateSql(alteration.after)), alteration.after, alteration.context);
}

// A constraint cannot be made unproved again.
bool BecomesValid(const Alteration& alteration) { return alteration.After<DomainConstraint>().valid; }

}  // namespace

template <>
const KindRules& RulesOf<DomainConstraint>() {
  static constexpr auto fields = std::to_array<FieldRule>({
      {"expression"},
      {"valid", Validate, BecomesValid},
  });
  static_assert(Covers<DomainConstraint>(fields));
  static constexpr KindRules rules{.create = Create, .drop = Drop, .fields = fields, .rename = Rename};
  return rules;
}

}  // namespace schemadiff
