#include "planner/planner.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <unordered_set>

#include "planner/fold.h"
#include "planner/order.h"
#include "planner/rules.h"

namespace schemadiff {
namespace {

// What is to happen to one object, once replacement has been thought through.
struct Decision {
  enum class Way : std::uint8_t { kCreate, kDrop, kAlter, kReplace, kReplaceInPlace, kAdapt };
  Way way = Way::kAlter;
  const Object* before = nullptr;
  const Object* after = nullptr;
  std::bitset<32> fields;
};

class Builder {
 public:
  explicit Builder(const PlanInput& input)
      : input_(input), context_(input.live, input.desired, input.version, input.sizes) {}

  std::vector<Action> Build() {
    IndexDependents();
    for (const Change& change : input_.delta.changes) Decide(change);
    // What still mentions a dropped object, in the same words, means another one from then on: an overload, say.
    for (const Change& change : input_.delta.changes) {
      if (change.operation == Change::Operation::kRemove) ReplaceUnchangedDependents(change.id);
    }
    while (!pending_.empty()) {
      const ObjectId id = pending_.back();
      pending_.pop_back();
      ReplaceDependents(id);
    }
    for (auto& [id, decision] : decisions_) Emit(id, decision);
    return std::move(actions_);
  }

 private:
  using Way = Decision::Way;

  void IndexDependents() {
    for (const auto& [id, object] : input_.live) {
      for (const Edge& edge : object.edges) {
        if (edge.kind == EdgeKind::kUses) dependents_[edge.target].push_back(&object);
        if (edge.kind == EdgeKind::kOwnedBy) owned_[edge.target].push_back(&object);
      }
    }
  }

  void Decide(const Change& change) {
    using enum Change::Operation;
    Decision decision{.before = change.before, .after = change.after, .fields = change.fields};
    switch (change.operation) {
      case kAdd: decision.way = Way::kCreate; break;
      case kRemove: decision.way = Way::kDrop; break;
      case kRename: renames_.push_back(&change); return;
      case kSet: decision.way = WayToSet(change); break;
    }
    const auto [place, first] = decisions_.emplace(change.id, decision);
    if (!first) return;  // It is displaced by what was decided before, and made anew.
    if (decision.way == Way::kReplace || decision.way == Way::kReplaceInPlace) MarkReplaced(change.id);
    if (decision.way == Way::kAlter) Displace(change.id, decision);
  }

  Way WayToSet(const Change& change) const {
    const KindRules& rules = RulesFor(change.id.kind());
    const Alteration alteration{*change.before, *change.after, change.fields, context_};
    for (std::size_t i = 0; i < rules.fields.size(); ++i) {
      if (!change.fields[i]) continue;
      const FieldRule& rule = rules.fields[i];
      if (rule.alter == nullptr || (rule.can_alter && !rule.can_alter(alteration))) {
        return rules.replace ? Way::kReplaceInPlace : Way::kReplace;
      }
    }
    return Way::kAlter;
  }

  void MarkReplaced(ObjectId id) {
    context_.MarkReplaced(id);
    pending_.push_back(id);
  }

  // Everything that lives on the replaced object and stays in the desired state has to be made anew after it.
  void ReplaceDependents(ObjectId id) {
    const bool gone = decisions_[id].way == Way::kReplace;
    if (const auto found = dependents_.find(id); found != dependents_.end()) {
      for (const Object* dependent : found->second) ReplaceToo(*dependent, gone);
    }
    const bool keeps_members = KeepsMembers(id, decisions_[id]);
    // What the object owns is dropped with it.
    if (const auto found = owned_.find(id); found != owned_.end() && !keeps_members) {
      for (const Object* owned : found->second) ReplaceToo(*owned, gone);
    }
    for (const Object* member : input_.live.Members(id)) {
      if (!keeps_members) ReplaceToo(*member, gone);
    }
    // An edge to a member, a view's to a column, is an edge to what is replaced.
    if (!keeps_members) {
      for (const Object* member : input_.live.Members(id)) {
        if (const auto found = dependents_.find(member->id); found != dependents_.end()) {
          for (const Object* dependent : found->second) ReplaceToo(*dependent, gone);
        }
      }
    }
  }

  void ReplaceUnchangedDependents(ObjectId id) {
    const auto found = dependents_.find(id);
    if (found == dependents_.end()) return;
    for (const Object* dependent : found->second) {
      if (!decisions_.contains(dependent->id)) ReplaceToo(*dependent, true);
    }
  }

  static bool KeepsMembers(ObjectId id, const Decision& decision) {
    return decision.way == Way::kReplaceInPlace && RulesFor(id.kind()).replace_keeps_members;
  }

  // What is replaced in place has an old and a new form side by side for a while: that cannot be where something that
  // both need is dropped before it is made anew (`needs_gone`).
  void ReplaceToo(const Object& dependent, bool needs_gone) {
    const Object* after = input_.desired.Find(dependent.id);
    if (after == nullptr) return;
    Decision& decision = decisions_[dependent.id];
    const bool beside = decision.way == Way::kReplaceInPlace && needs_gone;
    if (decision.before != nullptr && decision.way != Way::kAlter && !beside) return;
    const KindRules& rules = RulesFor(dependent.id.kind());
    const bool lost_parent = dependent.id.parent() && context_.IsNew(dependent.id.parent());
    decision.before = &dependent;
    decision.after = after;
    if (rules.adapt != nullptr && !lost_parent) {
      decision.way = Way::kAdapt;
      Displace(dependent.id, decision);
      return;
    }
    decision.way = rules.replace != nullptr && !lost_parent && !needs_gone ? Way::kReplaceInPlace : Way::kReplace;
    MarkReplaced(dependent.id);
  }

  // Dependents that stand in the way of an alteration are dropped before it and made anew after it.
  void Displace(ObjectId id, const Decision& decision) {
    const KindRules& rules = RulesFor(id.kind());
    if (rules.displaces == nullptr) return;
    const Alteration alteration{*decision.before, *decision.after, decision.fields, context_};
    std::vector<const Object*> displaced;
    const auto consider = [&](const Object* dependent) {
      if (rules.displaces(alteration, *dependent)) displaced.push_back(dependent);
    };
    if (const auto found = dependents_.find(id); found != dependents_.end()) {
      std::ranges::for_each(found->second, consider);
    }
    std::ranges::for_each(input_.live.Members(id), consider);
    for (const Object* dependent : displaced) ReplaceDisplaced(*dependent);
  }

  void ReplaceDisplaced(const Object& dependent) {
    const Object* after = input_.desired.Find(dependent.id);
    if (after == nullptr) return;
    Decision& decision = decisions_[dependent.id];
    if (decision.way == Way::kReplace && decision.before != nullptr) return;
    decision = {.way = Way::kReplace, .before = &dependent, .after = after};
    MarkReplaced(dependent.id);
  }

  // Emission.

  bool IsGone(ObjectId id) const {
    const auto found = decisions_.find(id);
    if (found == decisions_.end()) return false;
    const Way way = found->second.way;
    return way == Way::kDrop || way == Way::kReplace ||
           (way == Way::kReplaceInPlace && !KeepsMembers(id, found->second));
  }

  // Whether the object disappears with another one that is dropped: its parent, or the column that owns it.
  bool GoesWithAnother(const Object& object) const {
    if (!RulesFor(object.id.kind()).dropped_with_parent) return false;
    for (ObjectId parent = object.id.parent(); parent; parent = parent.parent()) {
      if (IsGone(parent)) return true;
    }
    for (const Edge& edge : object.edges) {
      if (edge.kind != EdgeKind::kOwnedBy) continue;
      for (ObjectId owner = edge.target; owner; owner = owner.parent()) {
        if (IsGone(owner)) return true;
      }
    }
    return false;
  }

  void Emit(ObjectId id, const Decision& decision) {
    const KindRules& rules = RulesFor(id.kind());
    switch (decision.way) {
      case Way::kCreate: EmitCreate(*decision.after, rules); break;
      case Way::kDrop: EmitDrop(*decision.before, rules); break;
      case Way::kReplace:
        EmitDrop(*decision.before, rules);
        EmitCreate(*decision.after, rules);
        break;
      case Way::kAlter: EmitAlter(decision, rules); break;
      case Way::kAdapt: EmitWith(decision, rules.adapt); break;
      case Way::kReplaceInPlace: EmitWith(decision, rules.replace); break;
    }
  }

  template <typename Run>
  std::span<Action> Collect(Run&& run) {
    const std::size_t first = actions_.size();
    ActionList list(actions_);
    run(list);
    return std::span(actions_).subspan(first);
  }

  void EmitCreate(const Object& object, const KindRules& rules) {
    if (IsFolded(object, context_)) return;
    for (Action& action : Collect([&](ActionList& list) { rules.create(object, context_, list); })) {
      Produce(action, object);
    }
  }

  void Produce(Action& action, const Object& object) {
    if (action.produces_object) action.produces.push_back(object.id);
    Consume(action, object);
    for (const Object* folded : FoldedInto(object, context_)) {
      if (action.produces_object) action.produces.push_back(folded->id);
      Consume(action, *folded);
    }
  }

  void EmitDrop(const Object& object, const KindRules& rules) {
    if (GoesWithAnother(object)) return;
    for (Action& action : Collect([&](ActionList& list) { rules.drop(object, context_, list); })) {
      DestroyWithMembers(action, object);
    }
  }

  void DestroyWithMembers(Action& action, const Object& object) {
    action.destroys.push_back(object.id);
    Release(action, object);
    for (const Object* member : input_.live.Members(object.id)) {
      if (RulesFor(member->id.kind()).dropped_with_parent) DestroyWithMembers(action, *member);
    }
    if (const auto found = owned_.find(object.id); found != owned_.end()) {
      for (const Object* owned : found->second) {
        if (IsGone(owned->id)) DestroyWithMembers(action, *owned);
      }
    }
  }

  void EmitAlter(const Decision& decision, const KindRules& rules) {
    const Alteration alteration{*decision.before, *decision.after, decision.fields, context_};
    std::vector<AlterRule> done;
    bool first = true;
    for (std::size_t i = 0; i < rules.fields.size(); ++i) {
      const AlterRule alter = rules.fields[i].alter;
      if (!decision.fields[i] || std::ranges::find(done, alter) != done.end()) continue;
      done.push_back(alter);
      const std::span<Action> emitted = Collect([&](ActionList& list) { alter(alteration, list); });
      if (!emitted.empty() && !first) emitted.front().follows_previous = true;
      first = first && emitted.empty();
      for (Action& action : emitted) {
        Produce(action, *decision.after);
        ReleaseFormer(action, *decision.before, *decision.after);
      }
    }
  }

  void EmitWith(const Decision& decision, AlterRule rule) {
    const Alteration alteration{*decision.before, *decision.after, decision.fields, context_};
    Connect(Collect([&](ActionList& list) { rule(alteration, list); }), decision);
  }

  void Connect(std::span<Action> emitted, const Decision& decision) {
    for (Action& action : emitted) {
      Produce(action, *decision.after);
      Release(action, *decision.before);
    }
  }

  // A literal is read as a value of its column's type, a new label of an enum for one: what means a column needs its
  // type.
  void ConsumeTypeOf(Action& action, ObjectId column) {
    const Object* object = column.kind() == ObjectKind::kColumn ? input_.desired.Find(column) : nullptr;
    if (object == nullptr) return;
    for (const Edge& edge : object->edges) {
      if (edge.kind == EdgeKind::kUses && IsType(edge.target.kind())) action.consumes.push_back(edge.target);
    }
  }

  void Consume(Action& action, const Object& object) {
    if (object.id.parent()) {
      action.consumes.push_back(object.id.parent());
      ConsumeTypeOf(action, object.id.parent());
    }
    if (!object.id.schema().empty()) {
      action.consumes.push_back(ObjectId::Of(ObjectKind::kNamespace, "", object.id.schema()));
    }
    if (action.stands_alone) return;
    for (const Edge& edge : object.edges) {
      if (edge.kind == EdgeKind::kSoft) {
        action.prefers.push_back(edge.target);
      } else if (edge.kind == EdgeKind::kUses) {
        action.consumes.push_back(edge.target);
        ConsumeTypeOf(action, edge.target);
      }
    }
  }

  // What an object that stays where it is no longer mentions.
  void ReleaseFormer(Action& action, const Object& before, const Object& after) {
    for (const Edge& edge : before.edges) {
      if (edge.kind != EdgeKind::kSoft && std::ranges::find(after.edges, edge) == after.edges.end()) {
        action.releases.push_back(edge.target);
      }
    }
  }

  void Release(Action& action, const Object& object) {
    if (object.id.parent()) action.releases.push_back(object.id.parent());
    if (!object.id.schema().empty()) {
      action.releases.push_back(ObjectId::Of(ObjectKind::kNamespace, "", object.id.schema()));
    }
    for (const Edge& edge : object.edges) {
      if (edge.kind != EdgeKind::kSoft) action.releases.push_back(edge.target);
    }
  }

 public:
  /// Renames come before everything else: all other identities are the new ones.
  std::vector<Action> BuildRenames() {
    std::vector<Action> actions;
    ActionList list(actions);
    for (const Change* change : renames_) {
      const Object& object = *input_.live.Find(change->id);
      const KindRules& rules = RulesFor(change->id.kind());
      if (change->member_to.empty()) {
        rules.rename(change->renamed_from, object, context_, list);
      } else {
        rules.rename_member(object, change->member_from, change->member_to, list);
      }
    }
    return actions;
  }

 private:
  const PlanInput& input_;
  PlanContext context_;
  std::map<ObjectId, Decision> decisions_;
  std::vector<const Change*> renames_;
  std::vector<ObjectId> pending_;
  std::unordered_map<ObjectId, std::vector<const Object*>> dependents_;
  std::unordered_map<ObjectId, std::vector<const Object*>> owned_;
  std::vector<Action> actions_;
};

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
  Builder builder(input);
  std::vector<Action> unordered = builder.Build();
  std::vector<Action> actions = builder.BuildRenames();
  Result<std::vector<Action>> ordered = Order(std::move(unordered));
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
