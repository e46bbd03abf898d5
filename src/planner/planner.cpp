#include "planner/planner.h"

#include <algorithm>

#include "planner/decisions.h"
#include "planner/emission.h"
#include "planner/order.h"
#include "planner/rules.h"

namespace schemadiff {
namespace {

// Hazards that an annotation on the object, or on what it belongs to, accepts.
void ApplyAllowances(Action& action, const Schema& desired) {
  for (ObjectId id = action.object; id; id = id.parent()) {
    const Object* object = desired.Find(id);
    if (object == nullptr || object->annotations == nullptr) continue;
    for (const Annotations::Allowance& allowance : object->annotations->allow) {
      for (Hazard& hazard : action.step.hazards) {
        if (Name(hazard.kind) != allowance.hazard) continue;
        hazard.accepted_because = allowance.reason.empty() ? "allowed in the schema files" : allowance.reason;
      }
    }
  }
}

}  // namespace

const KindRules& RulesFor(ObjectKind kind) {
  switch (kind) {
#define SCHEMADIFF_KIND(Struct, file, label) \
  case ObjectKind::k##Struct: return RulesOf<Struct>();
#include "model/object_kinds.def"
#undef SCHEMADIFF_KIND
  }
  return RulesOf<Namespace>();
}

Result<std::vector<Step>> PlanSteps(const PlanInput& input) {
  PlanContext context(input.live, input.desired, input.version, input.sizes);
  const Decisions decisions = Decide(input, context);
  std::vector<Action> actions = EmitRenames(input, context, decisions);
  Result<std::vector<Action>> ordered = Order(EmitActions(input, context, decisions));
  if (!ordered) return std::unexpected(ordered.error());
  std::ranges::move(*ordered, std::back_inserter(actions));
  AssignGroups(actions);
  std::vector<Step> steps;
  steps.reserve(actions.size());
  for (Action& action : actions) {
    ApplyAllowances(action, input.desired);
    steps.push_back(std::move(action.step));
  }
  return steps;
}

std::vector<std::string> CreationSql(const Object& object, const Schema& schema, int version) {
  const Schema nothing;
  const std::unordered_map<ObjectId, RelationEstimate> sizes;
  const PlanContext context(nothing, schema, version, sizes);
  std::vector<Action> actions;
  ActionList list(actions);
  RulesFor(object.id.kind()).create(object, context, list);
  std::vector<std::string> sql;
  for (Action& action : actions) std::ranges::move(action.step.sql, std::back_inserter(sql));
  return sql;
}

}  // namespace schemadiff
