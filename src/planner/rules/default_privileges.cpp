#include "planner/rules.h"

namespace schemadiff {
namespace {

std::string DefaultPrivilegesSql(const Object& object, std::string_view verb, std::uint32_t privileges,
                                 std::string_view preposition, std::string_view end, const PlanContext& context) {
  const DefaultPrivileges& defaults = object.As<DefaultPrivileges>();
  const std::uint32_t all = AllPrivileges(defaults.target, context.major() * 10000);
  const bool is_all = privileges == all && (all & (all - 1)) != 0;
  return fmt::format("ALTER DEFAULT PRIVILEGES FOR ROLE {}{} {} {} ON {} {} {}{}", RoleName(object.id.name()),
                     object.id.schema().empty() ? "" : " IN SCHEMA " + QuoteIdentifier(object.id.schema()), verb,
                     is_all ? "ALL" : PrivilegeWords(privileges), DefaultTargetWord(defaults.target), preposition,
                     RoleName(defaults.grantee), end);
}

void Change(const Object& object, PrivilegeSet before, PrivilegeSet after, const PlanContext& context,
            ActionList& actions) {
  std::vector<std::string> sql;
  const auto add = [&](std::string_view verb, std::uint32_t privileges, std::string_view preposition,
                       std::string_view end = {}) {
    if (privileges != 0) sql.push_back(DefaultPrivilegesSql(object, verb, privileges, preposition, end, context));
  };
  add("REVOKE", before.held & ~after.held, "FROM");
  add("REVOKE GRANT OPTION FOR", before.grantable & ~after.grantable & after.held, "FROM");
  add("GRANT", after.held & ~before.held & ~after.grantable, "TO");
  add("GRANT", after.grantable & ~before.grantable, "TO", " WITH GRANT OPTION");
  if (sql.empty()) return;
  Action& action = actions.Add(object, Verb::kAlter, sql.front());
  action.step.sql = std::move(sql);
  // Objects are created under what the defaults are by then.
  action.produces.push_back(object.id);
  AddHazard(action, HazardKind::kAccessChange, "what roles may do with new objects changes");
}

PrivilegeSet StandardFor(const Object& object, const PlanContext& context) {
  const DefaultPrivileges& defaults = object.As<DefaultPrivileges>();
  return DefaultPrivileges::Standard(object.id, defaults.target, defaults.grantee, context.major() * 10000);
}

void CreateDefaultPrivileges(const Object& object, const PlanContext& context, ActionList& actions) {
  Change(object, StandardFor(object, context), object.As<DefaultPrivileges>().privileges, context, actions);
}

void DropDefaultPrivileges(const Object& object, const PlanContext& context, ActionList& actions) {
  Change(object, object.As<DefaultPrivileges>().privileges, StandardFor(object, context), context, actions);
}

void SetPrivileges(const Alteration& alteration, ActionList& actions) {
  Change(alteration.after, alteration.Before<DefaultPrivileges>().privileges,
         alteration.After<DefaultPrivileges>().privileges, alteration.context, actions);
}

}  // namespace

template <>
const KindRules& RulesOf<DefaultPrivileges>() {
  static constexpr auto fields = std::to_array<FieldRule>({{"privileges", SetPrivileges}});
  static_assert(Covers<DefaultPrivileges>(fields));
  static constexpr KindRules rules{
      .create = CreateDefaultPrivileges, .drop = DropDefaultPrivileges, .fields = fields, .has_definition = false};
  return rules;
}

}  // namespace schemadiff
