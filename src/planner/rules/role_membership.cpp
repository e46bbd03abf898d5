#include <algorithm>

#include "planner/rules.h"

namespace schemadiff {
namespace {

// The grants as the server keeps them: from version 16 on one for each grantor, with options.
std::vector<RoleGrant> GrantsOf(const Object& object, const PlanContext& context) {
  const RoleMembership& membership = object.As<RoleMembership>();
  if (context.major() < 16) return {membership.WithoutGrantors()};
  return membership.grants;
}

std::string By(const RoleGrant& grant) {
  return grant.grantor.empty() ? "" : " GRANTED BY " + QuoteIdentifier(grant.grantor);
}

std::string GrantSql(ObjectId id, const RoleGrant& grant, const RoleGrant& before) {
  std::vector<std::string> options;
  if (grant.admin && !before.admin) options.emplace_back("ADMIN OPTION");
  if (grant.inherit && grant.inherit != before.inherit) {
    options.emplace_back(*grant.inherit ? "INHERIT TRUE" : "INHERIT FALSE");
  }
  if (grant.set != before.set) options.emplace_back(grant.set ? "SET TRUE" : "SET FALSE");
  return fmt::format("GRANT {} TO {}{}{}", QuoteIdentifier(id.parent().name()), RoleName(id.name()),
                     options.empty() ? "" : " WITH " + Join(options, ", "), By(grant));
}

std::string RevokeSql(ObjectId id, const RoleGrant& grant, std::string_view option = {}) {
  return fmt::format("REVOKE {}{} FROM {}{}", option, QuoteIdentifier(id.parent().name()), RoleName(id.name()),
                     By(grant));
}

void Grant(const Object& object, const RoleGrant& grant, const RoleGrant& before, const PlanContext& context,
           ActionList& actions) {
  Action& action = actions.Add(object, Verb::kCreate, GrantSql(object.id, grant, before));
  action.step.undo = RevokeSql(object.id, grant);
  if (context.IsNew(object.id.parent())) return;
  AddHazard(action, HazardKind::kAccessChange, "the role gets the rights of the other");
}

void Revoke(const Object& object, const RoleGrant& grant, ActionList& actions) {
  Action& action = actions.Add(object, Verb::kDrop, RevokeSql(object.id, grant));
  action.step.undo = GrantSql(object.id, grant, {});
  AddHazard(action, HazardKind::kAccessChange, "the role loses the rights of the other");
}

void CreateRoleMembership(const Object& object, const PlanContext& context, ActionList& actions) {
  for (const RoleGrant& grant : GrantsOf(object, context)) {
    const Object* member = context.desired().Find(ObjectId::Of(ObjectKind::kRole, "", object.id.name()));
    RoleGrant standard;
    if (member != nullptr) standard.inherit = member->As<Role>().inherit;
    Grant(object, grant, standard, context, actions);
  }
}

void DropRoleMembership(const Object& object, const PlanContext& context, ActionList& actions) {
  for (const RoleGrant& grant : GrantsOf(object, context)) Revoke(object, grant, actions);
}

void SetRoleMembershipGrants(const Alteration& alteration, ActionList& actions) {
  const std::vector<RoleGrant> before = GrantsOf(alteration.before, alteration.context);
  const std::vector<RoleGrant> after = GrantsOf(alteration.after, alteration.context);
  for (const RoleGrant& grant : before) {
    if (!std::ranges::contains(after, grant.grantor, &RoleGrant::grantor)) Revoke(alteration.after, grant, actions);
  }
  for (const RoleGrant& grant : after) {
    const auto former = std::ranges::find(before, grant.grantor, &RoleGrant::grantor);
    if (former == before.end()) {
      Grant(alteration.after, grant, {}, alteration.context, actions);
      continue;
    }
    if (*former == grant) continue;
    if (former->admin && !grant.admin) {
      Action& action =
          actions.Add(alteration.after, Verb::kAlter, RevokeSql(alteration.after.id, grant, "ADMIN OPTION FOR "));
      AddHazard(action, HazardKind::kAccessChange, "the role no longer decides who else gets the rights of the other");
    }
    if ((grant.admin && !former->admin) || grant.inherit != former->inherit || grant.set != former->set) {
      Action& action = actions.Add(alteration.after, Verb::kAlter, GrantSql(alteration.after.id, grant, *former));
      AddHazard(action, HazardKind::kAccessChange, "what the role may do with the rights of the other changes");
    }
  }
}

}  // namespace

template <>
const KindRules& RulesOf<RoleMembership>() {
  static constexpr auto fields = std::to_array<FieldRule>({{"grants", SetRoleMembershipGrants}});
  static_assert(Covers<RoleMembership>(fields));
  static constexpr KindRules rules{
      .create = CreateRoleMembership, .drop = DropRoleMembership, .fields = fields, .has_definition = false};
  return rules;
}

}  // namespace schemadiff
