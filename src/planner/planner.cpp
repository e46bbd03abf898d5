#include "planner/planner.h"

#include <fmt/format.h>

#include <algorithm>
#include <unordered_set>

#include "planner/access.h"
#include "planner/decisions.h"
#include "planner/emission.h"
#include "planner/hazards.h"
#include "planner/order.h"
#include "planner/rules.h"
#include "planner/sql.h"

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

Result<std::vector<Action>> OrderedActions(const PlanInput& input) {
  PlanContext context(input.live, input.desired, input.session, input.sizes);
  Decisions decisions = Decide(input, context);
  std::deque<Object> unsaid;
  DecideAboutDefaults(input, context, decisions, unsaid);
  std::vector<Action> actions = EmitRenames(input, context, decisions);
  Result<std::vector<Action>> ordered = Order(EmitActions(input, context, decisions));
  if (!ordered) return ordered;
  std::ranges::move(*ordered, std::back_inserter(actions));
  return actions;
}

// What comes after the drop of a relation does not lock that, nor what the plan makes in its place.
void ForgetLocksOnGone(std::vector<Action>& actions) {
  std::unordered_set<std::string> gone;
  for (Action& action : actions) {
    std::erase_if(action.step.locks, [&](const Lock& lock) { return gone.contains(lock.relation); });
    if (action.step.verb != Verb::kDrop) continue;
    for (const ObjectId id : action.destroys) {
      if (StandsIn(id.kind(), NameSpace::kRelation)) gone.insert(RelationName(id));
    }
  }
}

// What the files leave out can be kept, but not made.
Diagnostics MissingSecrets(const std::vector<Action>& actions, const Schema& desired) {
  Diagnostics missing;
  for (const Action& action : actions) {
    if (!action.step.secrets.Holds(kLeftOut)) continue;
    const Object* object = desired.Find(action.object);
    missing.Add({.code = ErrorCode::kBadInput,
                 .location = object == nullptr ? SourceLocation() : object->source,
                 .message = fmt::format("a secret of {} `{}` is left out of the files, and the database has none",
                                        action.step.object_kind, action.step.object_name),
                 .hint = "write it in place of `***`, or create the object by hand and plan again"});
  }
  return missing;
}

// What PostgreSQL knows no way for.
Diagnostics Refusals(const std::vector<Action>& actions, const Schema& desired) {
  Diagnostics refusals;
  for (const Action& action : actions) {
    if (action.refusal.empty()) continue;
    const Object* object = desired.Find(action.object);
    refusals.Add({.code = ErrorCode::kBadInput,
                  .location = object == nullptr ? SourceLocation() : object->source,
                  .message = action.refusal,
                  .hint = action.way_out});
  }
  return refusals;
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
  if (input.delta.empty()) return std::vector<Step>();
  Result<std::vector<Action>> actions = OrderedActions(input);
  if (!actions) return std::unexpected(actions.error());
  if (Diagnostics refusals = Refusals(*actions, input.desired); !refusals.empty()) return std::unexpected(refusals);
  if (!input.for_revision) {
    Diagnostics missing = MissingSecrets(*actions, input.desired);
    if (!missing.empty()) return std::unexpected(missing);
  }
  ForgetLocksOnGone(*actions);
  AssignGroups(*actions);
  AnnounceGone(*actions, input.desired, input.for_revision);
  std::vector<Step> steps;
  steps.reserve(actions->size());
  for (Action& action : *actions) {
    ApplyAllowances(action, input.desired);
    steps.push_back(std::move(action.step));
  }
  return steps;
}

Result<std::vector<Creation>> Creations(const Schema& present, const Schema& schema, const PlanSession& session) {
  const Delta delta = Diff(present, schema);
  Result<std::vector<Action>> actions =
      OrderedActions({.live = present, .desired = schema, .delta = delta, .session = session});
  if (!actions) return std::unexpected(actions.error());
  std::vector<Creation> creations;
  creations.reserve(actions->size());
  for (Action& action : *actions) {
    creations.push_back({action.object, std::move(action.step.sql), !action.step.secrets.empty()});
  }
  return creations;
}

std::vector<std::string> CreationSql(const Object& object, const Schema& schema, int version) {
  const Schema nothing;
  const std::unordered_map<ObjectId, RelationEstimate> sizes;
  const PlanSession session{.version = version};
  const PlanContext context(nothing, schema, session, sizes);
  std::vector<Action> actions;
  ActionList list(actions);
  RulesFor(object.id.kind()).create(object, context, list);
  std::vector<std::string> sql;
  for (Action& action : actions) std::ranges::move(action.step.sql, std::back_inserter(sql));
  return sql;
}

}  // namespace schemadiff
