#include "planner/decisions.h"

#include <algorithm>

#include "model/lineage.h"
#include "planner/rules.h"

namespace schemadiff {
namespace {

using Way = Decision::Way;

bool KeepsMembers(ObjectId id, const Decision& decision) {
  return decision.way == Way::kReplaceInPlace && RulesFor(id.kind()).replace_keeps_members;
}

class Decider {
 public:
  Decider(const PlanInput& input, PlanContext& context) : input_(input), context_(context) {}

  Decisions Run() {
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
    return std::move(decisions_);
  }

 private:
  void IndexDependents() {
    for (const auto& [id, object] : input_.live) {
      for (const Edge& edge : object.edges) {
        if (edge.kind == EdgeKind::kUses) dependents_[edge.target].push_back(&object);
        if (edge.kind == EdgeKind::kOwnedBy) decisions_.owned[edge.target].push_back(&object);
      }
    }
  }

  void Decide(const Change& change) {
    using enum Change::Operation;
    Decision decision{.before = change.before, .after = change.after, .fields = change.fields};
    switch (change.operation) {
      case kAdd: decision.way = Way::kCreate; break;
      case kRemove: decision.way = Way::kDrop; break;
      case kRename: decisions_.renames.push_back(&change); return;
      case kSet: decision.way = WayToSet(change); break;
    }
    const auto [place, first] = decisions_.by_object.emplace(change.id, decision);
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
        return CanReplaceInPlace(rules, alteration) ? Way::kReplaceInPlace : Way::kReplace;
      }
    }
    return Way::kAlter;
  }

  static bool CanReplaceInPlace(const KindRules& rules, const Alteration& alteration) {
    return rules.replace != nullptr && (rules.can_replace == nullptr || rules.can_replace(alteration));
  }

  void MarkReplaced(ObjectId id) {
    context_.MarkReplaced(id);
    pending_.push_back(id);
  }

  // Everything that lives on the replaced object and stays in the desired state has to be made anew after it.
  void ReplaceDependents(ObjectId id) {
    const bool gone = decisions_.by_object[id].way == Way::kReplace;
    if (const auto found = dependents_.find(id); found != dependents_.end()) {
      for (const Object* dependent : found->second) {
        if (!LeavesParent(*dependent, id)) ReplaceToo(*dependent, gone);
      }
    }
    const bool keeps_members = KeepsMembers(id, decisions_.by_object[id]);
    // What the object owns is dropped with it.
    if (const auto found = decisions_.owned.find(id); found != decisions_.owned.end() && !keeps_members) {
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

  // A partition that is detached from a table, or a child, before that is made anew keeps its rows.
  bool LeavesParent(const Object& dependent, ObjectId id) const {
    const auto found = decisions_.by_object.find(dependent.id);
    return HasOwnColumns(dependent.id.kind()) && found != decisions_.by_object.end() &&
           found->second.way == Way::kAlter && !std::ranges::contains(found->second.after->edges, id, &Edge::target);
  }

  void ReplaceUnchangedDependents(ObjectId id) {
    const auto found = dependents_.find(id);
    if (found == dependents_.end()) return;
    for (const Object* dependent : found->second) {
      if (!decisions_.by_object.contains(dependent->id)) ReplaceToo(*dependent, true);
    }
  }

  // What is replaced in place has an old and a new form side by side for a while: that cannot be where something that
  // both need is dropped before it is made anew (`needs_gone`).
  void ReplaceToo(const Object& dependent, bool needs_gone) {
    const Object* after = input_.desired.Find(dependent.id);
    if (after == nullptr) return;
    Decision& decision = decisions_.by_object[dependent.id];
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
    const bool in_place =
        !lost_parent && !needs_gone && CanReplaceInPlace(rules, {dependent, *after, decision.fields, context_});
    decision.way = in_place ? Way::kReplaceInPlace : Way::kReplace;
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
    Decision& decision = decisions_.by_object[dependent.id];
    if (decision.way == Way::kReplace && decision.before != nullptr) return;
    decision = {.way = Way::kReplace, .before = &dependent, .after = after};
    MarkReplaced(dependent.id);
  }

  const PlanInput& input_;
  PlanContext& context_;
  Decisions decisions_;
  std::vector<ObjectId> pending_;
  std::unordered_map<ObjectId, std::vector<const Object*>> dependents_;
};

}  // namespace

bool Decisions::IsGone(ObjectId id) const {
  const auto found = by_object.find(id);
  if (found == by_object.end()) return false;
  const Way way = found->second.way;
  return way == Way::kDrop || way == Way::kReplace || (way == Way::kReplaceInPlace && !KeepsMembers(id, found->second));
}

Decisions Decide(const PlanInput& input, PlanContext& context) { return Decider(input, context).Run(); }

}  // namespace schemadiff
