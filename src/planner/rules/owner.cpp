#include "planner/rules.h"

namespace schemadiff {
namespace {

void Give(const Object& object, const std::string& from, const std::string& to, Verb verb, const PlanContext& context,
          ActionList& actions) {
  const ObjectId owned = object.id.parent();
  const std::string start = fmt::format("ALTER {} OWNER TO ", RulesFor(owned.kind()).subject(owned, context));
  Action& action = actions.Add(object, verb, start + RoleName(to));
  action.step.undo = start + RoleName(from);
  // What is taken from who is to be the owner is taken before, what is given to who was after.
  action.produces.push_back(object.id);
  action.destroys.push_back(object.id);
  if (context.IsNew(owned)) return;
  if (StandsIn(owned.kind(), NameSpace::kRelation)) AddLock(action, owned, LockMode::kAccessExclusive);
  AddHazard(action, HazardKind::kAccessChange, "the old owner's rights are the new owner's");
}

void CreateOwner(const Object& object, const PlanContext& context, ActionList& actions) {
  const std::string& role = object.As<Owner>().role;
  // Who makes an object owns it.
  if (context.IsNew(object.id.parent()) && role == context.role()) return;
  Give(object, context.role(), role, Verb::kAlter, context, actions);
}

void DropOwner(const Object& object, const PlanContext& context, ActionList& actions) {
  Give(object, object.As<Owner>().role, context.role(), Verb::kAlter, context, actions);
}

void SetRole(const Alteration& alteration, ActionList& actions) {
  Give(alteration.after, alteration.Before<Owner>().role, alteration.After<Owner>().role, Verb::kAlter,
       alteration.context, actions);
}

}  // namespace

template <>
const KindRules& RulesOf<Owner>() {
  static constexpr auto fields = std::to_array<FieldRule>({{"role", SetRole}});
  static_assert(Covers<Owner>(fields));
  static constexpr KindRules rules{.create = CreateOwner, .drop = DropOwner, .fields = fields, .has_definition = false};
  return rules;
}

}  // namespace schemadiff
