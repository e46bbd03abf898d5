#include "planner/action.h"

#include <algorithm>

#include "planner/sql.h"

namespace schemadiff {

bool PlanContext::IsPartitioned(ObjectId table) const {
  const Object* object = live_.Find(table);
  return object != nullptr && object->If<Table>() != nullptr && object->As<Table>().partition_key;
}

Action& ActionList::Add(const Object& object, Verb verb, std::string sql) {
  Action action;
  action.object = object.id;
  action.step.object_kind = Label(object.id.kind());
  action.step.object_name = object.id.ToString();
  action.step.owner_name = object.id.root().ToString();
  action.step.verb = verb;
  action.step.sql.push_back(std::move(sql));
  action.step.source = object.source.PathAndLine();
  actions_.push_back(std::move(action));
  return actions_.back();
}

Action& ActionList::Add(const Object& object, Verb verb, const SecretSql& sql) {
  Action& action = Add(object, verb, std::string());
  action.step.sql.clear();
  AddStatement(action, sql);
  return action;
}

Action& ActionList::Then(const Object& object, Verb verb, std::string sql) {
  Action& action = Add(object, verb, std::move(sql));
  action.follows_previous = true;
  return action;
}

void AddStatement(Action& action, const SecretSql& sql) {
  action.step.secrets.Keep(action.step.sql.size(), sql);
  if (sql.HasSecrets()) ++action.step.masked;
  action.step.sql.push_back(sql.shown());
}

void AddLock(Action& action, ObjectId relation, LockMode mode) {
  const std::string name = RelationName(relation);
  for (Lock& lock : action.step.locks) {
    if (lock.relation != name) continue;
    lock.mode = std::max(lock.mode, mode);
    return;
  }
  action.step.locks.push_back({name, mode});
}

void AddDescriptionLock(Action& action, ObjectId described, const PlanContext& context) {
  const ObjectId relation = described.kind() == ObjectKind::kColumn ? described.parent() : described;
  const bool locked = StandsIn(relation.kind(), NameSpace::kRelation) && !IsType(relation.kind()) &&
                      !StandsIn(relation.kind(), NameSpace::kConstraint);
  if (locked && !context.IsNew(relation)) AddLock(action, relation, LockMode::kShareUpdateExclusive);
}

void AddHazard(Action& action, HazardKind kind, std::string reason) {
  action.step.hazards.push_back({.kind = kind, .reason = std::move(reason)});
}

void SetUndo(Action& action, const SecretSql& sql) {
  if (!sql.HasSecrets()) action.step.undo = sql.shown();
}

}  // namespace schemadiff
