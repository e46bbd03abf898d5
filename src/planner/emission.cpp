#include "planner/emission.h"

#include <algorithm>
#include <set>
#include <span>

#include "model/lineage.h"
#include "planner/access.h"
#include "planner/fold.h"
#include "planner/rules.h"

namespace schemadiff {
namespace {

using Way = Decision::Way;

class Emitter {
 public:
  Emitter(const PlanInput& input, const PlanContext& context, const Decisions& decisions)
      : input_(input), context_(context), decisions_(decisions) {
    for (const Change& change : input.delta.changes) {
      if (change.id.kind() != ObjectKind::kDefaultPrivileges) continue;
      changed_defaults_.push_back(change.after != nullptr ? change.after : change.before);
    }
  }

  std::vector<Action> Run() {
    // Kinds of members come after those of what they are on.
    for (const auto& [id, decision] : decisions_.by_object) {
      if (!id.parent() || !made_anew_.contains(id.parent())) Emit(id, decision);
    }
    for (const ObjectId id : made_anew_) {
      for (const Object* member : input_.desired.Members(id)) EmitCreate(*member, RulesFor(member->id.kind()));
    }
    return std::move(actions_);
  }

 private:
  // Whether the object disappears with another one that is dropped: its parent, or the column that owns it.
  bool GoesWithAnother(const Object& object) const {
    if (!RulesFor(object.id.kind()).dropped_with_parent) return false;
    for (ObjectId parent = object.id.parent(); parent; parent = parent.parent()) {
      if (decisions_.IsGone(parent)) return true;
    }
    for (const Edge& edge : object.edges) {
      if (edge.kind != EdgeKind::kOwnedBy) continue;
      for (ObjectId owner = edge.target; owner; owner = owner.parent()) {
        if (decisions_.IsGone(owner)) return true;
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
        for (Action& action : EmitCreate(*decision.after, rules)) ExcludeOverloads(action, *decision.before);
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

  std::span<Action> EmitCreate(const Object& object, const KindRules& rules) {
    if (IsFolded(object, context_)) return {};
    const std::span<Action> emitted = Collect([&](ActionList& list) { rules.create(object, context_, list); });
    const std::vector<ObjectId> defaults = DefaultsBefore(object, changed_defaults_, context_);
    for (Action& action : emitted) {
      Produce(action, object);
      action.consumes.insert(action.consumes.end(), defaults.begin(), defaults.end());
    }
    return emitted;
  }

  // A call means another overload, or is ambiguous, as long as the one that it meant is there.
  void ExcludeOverloads(Action& action, const Object& before) {
    for (const Edge& edge : before.edges) {
      if (StandsIn(edge.target.kind(), NameSpace::kRoutine)) action.excludes.push_back(edge.target);
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
      // What came from a parent can be dropped once its table has left that one.
      if (object.inherited) action.consumes.push_back(object.id.root());
    }
  }

  void DestroyWithMembers(Action& action, const Object& object) {
    action.destroys.push_back(object.id);
    Release(action, object);
    for (const Object* member : input_.live.Members(object.id)) {
      if (RulesFor(member->id.kind()).dropped_with_parent) DestroyWithMembers(action, *member);
    }
    if (const auto found = decisions_.owned.find(object.id); found != decisions_.owned.end()) {
      for (const Object* owned : found->second) {
        if (decisions_.IsGone(owned->id)) DestroyWithMembers(action, *owned);
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
        if (action.makes_anew) made_anew_.insert(decision.after->id);
        if (decision.before->inherited) action.consumes.push_back(decision.before->id.root());
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
  // type, and so does what means a table, whose columns it does not name.
  void ConsumeTypesOf(Action& action, ObjectId id) {
    if (HasOwnColumns(id.kind())) {
      for (const Object* member : input_.desired.Members(id)) {
        if (member->id.kind() == ObjectKind::kColumn) ConsumeTypesOf(action, member->id);
      }
    }
    const Object* column = id.kind() == ObjectKind::kColumn ? input_.desired.Find(id) : nullptr;
    if (column == nullptr) return;
    for (const Edge& edge : column->edges) {
      const bool changes = IsType(edge.target.kind()) && decisions_.by_object.contains(edge.target);
      if (edge.kind == EdgeKind::kUses && changes) action.consumes.push_back(edge.target);
    }
  }

  void Consume(Action& action, const Object& object) {
    // A view's column is no object: what belongs to it needs the view.
    for (ObjectId parent = object.id.parent(); parent; parent = parent.parent()) {
      action.consumes.push_back(parent);
      if (parent.kind() == ObjectKind::kColumn) ConsumeTypesOf(action, parent);
    }
    if (!object.id.schema().empty()) {
      action.consumes.push_back(ObjectId::Of(ObjectKind::kNamespace, "", object.id.schema()));
    }
    if (action.stands_alone) return;
    for (const Edge& edge : object.edges) {
      if (edge.kind == EdgeKind::kSoft) {
        action.prefers.push_back(edge.target);
      } else if (edge.kind == EdgeKind::kUses) {
        ConsumeUsed(action, edge.target);
      }
    }
  }

  // What a table has from its parents is made, altered and dropped with what they have.
  void ConsumeUsed(Action& action, ObjectId id) {
    action.consumes.push_back(id);
    ConsumeTypesOf(action, id);
    if (id.kind() == ObjectKind::kColumn) {
      const ObjectId topmost = TopmostColumn(input_.desired, id);
      if (topmost != id) ConsumeUsed(action, topmost);
    } else if (HasOwnColumns(id.kind())) {
      PreferAncestors(action, id);
    }
  }

  void PreferAncestors(Action& action, ObjectId table) {
    const Object* object = input_.desired.Find(table);
    if (object == nullptr) return;
    for (const ObjectId parent : ParentsOf(*object)) {
      action.prefers.push_back(parent);
      PreferAncestors(action, parent);
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
      (edge.kind == EdgeKind::kSoft ? action.may_release : action.releases).push_back(edge.target);
    }
  }

  const PlanInput& input_;
  const PlanContext& context_;
  const Decisions& decisions_;
  std::set<ObjectId> made_anew_;  ///< By an alteration: their members have to be created again.
  std::vector<const Object*> changed_defaults_;
  std::vector<Action> actions_;
};

}  // namespace

std::vector<Action> EmitRenames(const PlanInput& input, const PlanContext& context, const Decisions& decisions) {
  std::vector<Action> actions;
  ActionList list(actions);
  for (const Change* change : decisions.renames) {
    const Object& object = *input.live.Find(change->id);
    const KindRules& rules = RulesFor(change->id.kind());
    if (change->member_to.empty()) {
      rules.rename(change->renamed_from, object, context, list);
    } else {
      rules.rename_member(object, change->member_from, change->member_to, list);
    }
  }
  return actions;
}

std::vector<Action> EmitActions(const PlanInput& input, const PlanContext& context, const Decisions& decisions) {
  return Emitter(input, context, decisions).Run();
}

}  // namespace schemadiff
