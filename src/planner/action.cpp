#include "planner/action.h"

#include <algorithm>

#include "model/lineage.h"
#include "planner/rules.h"
#include "planner/sql.h"

namespace schemadiff {

bool PlanContext::IsPartitioned(ObjectId table) const {
  const Object* object = live_.Find(table);
  return object != nullptr && object->If<Table>() != nullptr && object->As<Table>().partition_key;
}

void PlanContext::Relate() {
  for (const auto& [id, object] : live_.OfKind(ObjectKind::kForeignKey)) {
    references_[object.As<ForeignKey>().referenced].push_back(&object);
  }
  desired_.ForEachOfKinds(HasOwnColumns, [&](ObjectId id, const Object& object) {
    if (const ObjectId parent = PartitionParent(object)) partitions_after_[parent].push_back(id);
  });
  live_.ForEachOfKinds(HasOwnColumns, [&](ObjectId id, const Object& object) {
    const Object* after = desired_.Find(id);
    const auto add = [&](ObjectId parent, bool stays) {
      if (stays) children_[parent].push_back(id);
    };
    if (const ObjectId parent = PartitionParent(object)) {
      add(parent, after == nullptr || PartitionParent(*after) == parent);
      const bool stays =
          after != nullptr && PartitionParent(*after) == parent && PartitionBoundOf(*after) == PartitionBoundOf(object);
      if (!stays) movers_[parent].push_back(id);
    }
    for (const ObjectId parent : InheritanceParents(object)) {
      add(parent, after == nullptr || std::ranges::contains(InheritanceParents(*after), parent));
    }
  });
}

std::vector<ObjectId> PlanContext::DescendantsOf(ObjectId table) const {
  std::vector<ObjectId> found;
  std::vector<ObjectId> parents{table};
  while (!parents.empty()) {
    const auto children = children_.find(parents.back());
    parents.pop_back();
    if (children == children_.end()) continue;
    for (const ObjectId child : children->second) {
      if (std::ranges::contains(found, child)) continue;
      found.push_back(child);
      parents.push_back(child);
    }
  }
  std::ranges::sort(found);
  return found;
}

ObjectId PlanContext::DefaultPartitionOf(ObjectId table) const {
  const auto children = children_.find(table);
  if (children == children_.end()) return {};
  for (const ObjectId child : children->second) {
    if (PartitionBoundOf(*live_.Find(child)).Text() == "DEFAULT") return child;
  }
  return {};
}

std::vector<ObjectId> PlanContext::PartitionsThatMove(ObjectId table) const {
  std::vector<ObjectId> found;
  if (const auto movers = movers_.find(table); movers != movers_.end()) found = movers->second;
  if (const auto children = children_.find(table); children != children_.end()) {
    for (const ObjectId child : children->second) {
      if (IsReplaced(child) && !std::ranges::contains(found, child)) found.push_back(child);
    }
  }
  std::ranges::sort(found);
  return found;
}

std::vector<ObjectId> PlanContext::PartitionsThatJoin(ObjectId table) const {
  std::vector<ObjectId> found;
  std::vector<ObjectId> parents{table};
  while (!parents.empty()) {
    const auto children = partitions_after_.find(parents.back());
    parents.pop_back();
    if (children == partitions_after_.end()) continue;
    for (const ObjectId child : children->second) {
      const Object* before = live_.Find(child);
      if (IsNew(child) || PartitionParent(*before) != PartitionParent(*desired_.Find(child))) found.push_back(child);
      parents.push_back(child);
    }
  }
  std::ranges::sort(found);
  return found;
}

std::vector<const Object*> PlanContext::FormerReferencesTo(ObjectId table) const {
  const auto found = references_.find(table);
  if (found == references_.end()) return {};
  std::vector<const Object*> keys = found->second;
  std::erase_if(keys, [&](const Object* key) { return Stays(*key); });
  return keys;
}

std::vector<const Object*> PlanContext::ReferencesTo(ObjectId table) const {
  const auto found = references_.find(table);
  if (found == references_.end()) return {};
  std::vector<const Object*> keys = found->second;
  std::erase_if(keys, [&](const Object* key) { return !Stays(*key); });
  return keys;
}

std::vector<const Object*> PlanContext::ForeignKeysOf(ObjectId table) const {
  std::vector<const Object*> keys = live_.Members(table);
  std::erase_if(keys, [&](const Object* key) { return key->If<ForeignKey>() == nullptr || !Stays(*key); });
  return keys;
}

Action& ActionList::Add(const Object& object, Verb verb, std::string sql) {
  Action action;
  action.object = object.id;
  const auto label = RulesFor(object.id.kind()).label;
  action.step.object_kind = label == nullptr ? Label(object.id.kind()) : label(object);
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

void AddHazard(Action& action, HazardKind kind, std::string reason) {
  action.step.hazards.push_back({.kind = kind, .reason = std::move(reason)});
}

namespace {

// The estimate of a step is what it reads and writes in all; unknown where that of one table is.
void AddSize(Step& step, ObjectId table, const PlanContext& context) {
  const std::string name = RelationName(table);
  if (std::ranges::contains(step.scans, name) || std::ranges::contains(step.rewrites, name)) return;
  const bool first = step.scans.empty() && step.rewrites.empty();
  const auto sum = [&](std::int64_t a, std::int64_t b) { return first ? b : a < 0 || b < 0 ? -1 : a + b; };
  const Estimate size = context.SizeOf(table);
  step.estimate = {.rows = sum(step.estimate.rows, size.rows), .bytes = sum(step.estimate.bytes, size.bytes)};
}

}  // namespace

void AddScan(Action& action, ObjectId table, const PlanContext& context) {
  AddSize(action.step, table, context);
  action.step.scans.push_back(RelationName(table));
}

void AddRewrite(Action& action, ObjectId table, const PlanContext& context) {
  AddSize(action.step, table, context);
  action.step.rewrites.push_back(RelationName(table));
  if (action.step.rewrites.size() > 1) return;
  AddHazard(action, HazardKind::kTableRewrite, "the table and its indexes are written anew");
  AddHazard(action, HazardKind::kBlocksReads, "readers and writers wait meanwhile");
}

void SetUndo(Action& action, const SecretSql& sql) {
  if (!sql.HasSecrets()) action.step.undo = sql.shown();
}

}  // namespace schemadiff
