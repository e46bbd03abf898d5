#include <fmt/format.h>

#include <algorithm>

#include "planner/fold.h"
#include "planner/rules.h"
#include "planner/rules/column_type.h"
#include "planner/rules/rename.h"
#include "planner/sql.h"
#include "planner/types.h"
#include "support/quote.h"

namespace schemadiff {
namespace {

// CREATE DOMAIN knows no NOT VALID: such a constraint is added apart.
std::vector<std::string> CreateDomainSql(const Object& object, const std::vector<const Object*>& constraints) {
  const Domain& domain = object.As<Domain>();
  const std::string name = RelationName(object.id);
  std::string sql = fmt::format("CREATE DOMAIN {} AS {}", name, domain.type.sql);
  if (!domain.collation.empty()) sql += " COLLATE " + domain.collation;
  if (domain.default_value) sql += " DEFAULT " + domain.default_value.Text();
  if (domain.not_null) sql += " NOT NULL";
  std::vector<std::string> later;
  for (const Object* member : constraints) {
    const DomainConstraint* constraint = member->If<DomainConstraint>();
    if (constraint == nullptr) continue;
    const std::string definition =
        fmt::format("CONSTRAINT {} CHECK ({})", QuoteIdentifier(member->id.name()), constraint->expression.Text());
    if (constraint->valid) {
      sql += " " + definition;
    } else {
      later.push_back(fmt::format("ALTER DOMAIN {} ADD {} NOT VALID", name, definition));
    }
  }
  later.insert(later.begin(), std::move(sql));
  return later;
}

void CreateDomain(const Object& object, const PlanContext& context, ActionList& actions) {
  std::vector<std::string> sql = CreateDomainSql(object, FoldedInto(object, context));
  Action& action = actions.Add(object, Verb::kCreate, std::move(sql.front()));
  std::move(sql.begin() + 1, sql.end(), std::back_inserter(action.step.sql));
  action.step.undo = "DROP DOMAIN " + RelationName(object.id);
}

void DropDomain(const Object& object, const PlanContext& context, ActionList& actions) {
  Action& action = actions.Add(object, Verb::kDrop, "DROP DOMAIN " + RelationName(object.id));
  action.step.phase = Phase::kContract;
  const std::vector<std::string> back = CreateDomainSql(object, context.live().Members(object.id));
  if (back.size() == 1) action.step.undo = back.front();
  AddHazard(action, HazardKind::kBreaksClients, "clients that use the domain fail");
}

void SetDefault(const Alteration& alteration, ActionList& actions) {
  const std::string alter = "ALTER DOMAIN " + RelationName(alteration.after.id);
  const auto text = [&](const Domain& domain) {
    return alter + (domain.default_value ? " SET DEFAULT " + domain.default_value.Text() : " DROP DEFAULT");
  };
  Action& action = actions.Add(alteration.after, Verb::kAlter, text(alteration.After<Domain>()));
  action.step.undo = text(alteration.Before<Domain>());
}

void SetNotNull(const Alteration& alteration, ActionList& actions) {
  const std::string alter = "ALTER DOMAIN " + RelationName(alteration.after.id);
  const bool not_null = alteration.After<Domain>().not_null;
  Action& action = actions.Add(alteration.after, Verb::kAlter, alter + (not_null ? " SET NOT NULL" : " DROP NOT NULL"));
  action.step.undo = alter + (not_null ? " DROP NOT NULL" : " SET NOT NULL");
  if (not_null) {
    AddDomainScan(action, alteration.after.id, alteration.context);
    AddHazard(action, HazardKind::kMayFail, "no row may hold a null where the domain is the column's type");
  }
}

void ReplaceDomain(const Alteration& alteration, ActionList& actions) {
  const std::string reason = fmt::format("every value has to fit `{}`", alteration.After<Domain>().type.sql);
  std::vector<Hazard> hazards{{.kind = HazardKind::kMayFail, .reason = reason}};
  const std::string lost = WhatIsLost(alteration.Before<Domain>().type.sql, alteration.After<Domain>().type.sql, true);
  if (!lost.empty() && !TablesUsing(alteration.before.id, alteration.context).empty()) {
    hazards.push_back({.kind = HazardKind::kDataLoss, .reason = lost});
  }
  ReplaceType(alteration, actions, "DOMAIN",
              CreateDomainSql(alteration.after, FoldedInto(alteration.after, alteration.context)), std::move(hazards));
}

}  // namespace

template <>
const KindRules& RulesOf<Domain>() {
  static constexpr auto fields = std::to_array<FieldRule>({
      {"type"},
      {"collation"},
      {"default_value", SetDefault},
      {"not_null", SetNotNull},
  });
  static_assert(Covers<Domain>(fields));
  static constexpr KindRules rules{.create = CreateDomain,
                                   .drop = DropDomain,
                                   .fields = fields,
                                   .subject = NamedSubject<"DOMAIN">,
                                   .rename = RenameBreakingClients<>,
                                   .replace = ReplaceDomain,
                                   .replace_keeps_members = false};
  return rules;
}

}  // namespace schemadiff
