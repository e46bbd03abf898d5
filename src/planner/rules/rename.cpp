#include "planner/rules/rename.h"

namespace schemadiff {
namespace {

Action& AddRename(ObjectId from, const Object& object, const PlanContext& context, ActionList& actions) {
  const auto rename = [&](ObjectId a, ObjectId b) {
    return fmt::format("ALTER {} RENAME TO {}", RulesFor(a.kind()).subject(a, context), QuoteIdentifier(b.name()));
  };
  Action& action = actions.Add(object, Verb::kRename, rename(from, object.id));
  action.step.undo = rename(object.id, from);
  if (from.parent() && StandsIn(from.parent().kind(), NameSpace::kRelation)) {
    AddLock(action, from.parent(), LockMode::kAccessExclusive);
  }
  return action;
}

}  // namespace

void RenameObject(ObjectId from, const Object& object, const PlanContext& context, ActionList& actions) {
  AddRename(from, object, context, actions);
}

void RenameBreaking(ObjectId from, const Object& object, const PlanContext& context, ActionList& actions,
                    std::string_view reason) {
  Action& action = AddRename(from, object, context, actions);
  action.step.phase = Phase::kContract;
  if (StandsIn(from.kind(), NameSpace::kRelation)) AddLock(action, from, LockMode::kAccessExclusive);
  AddHazard(action, HazardKind::kBreaksClients, std::string(reason));
}

}  // namespace schemadiff
