#include "planner/access.h"

#include <algorithm>

#include "model/access.h"

namespace schemadiff {
namespace {

bool AppliesTo(ObjectId defaults, AclTarget target, ObjectId object, const PlanContext& context) {
  if (defaults.name() != context.role() || target != AclTargetOf(object.kind())) return false;
  return defaults.schema().empty() || defaults.schema() == object.schema();
}

// What the plan makes and who may do something with it: an object, or the sequence of an identity column.
std::vector<ObjectId> GrantableIn(const Object& object) {
  std::vector<ObjectId> ids;
  if (!object.id.parent() && AclTargetOf(object.id.kind()) != AclTarget::kNone) ids.push_back(object.id);
  if (const ObjectId sequence = IdentitySequenceOf(object)) ids.push_back(sequence);
  return ids;
}

bool IsMade(ObjectId id, const Decision& decision, const PlanContext& context) {
  using enum Decision::Way;
  if (decision.after == nullptr) return false;
  if (decision.way == kCreate || decision.way == kReplace) return true;
  return decision.way == kReplaceInPlace && context.IsNew(id);
}

// The object whose owner counts: of a column, and of the sequence of an identity column, the table.
ObjectId OwnedRoot(const Object& privileges) {
  for (const Edge& edge : privileges.edges) {
    if (edge.target.kind() == ObjectKind::kColumn) return edge.target.root();
  }
  return privileges.id.root();
}

std::string OwnerOf(ObjectId root, const PlanContext& context) {
  if (const Object* owner = context.desired().Find(ObjectId::Member(ObjectKind::kOwner, root, ""))) {
    return owner->As<Owner>().role;
  }
  const Object* found = context.desired().Find(root);
  const Sequence* sequence = found == nullptr ? nullptr : found->If<Sequence>();
  return sequence != nullptr && sequence->owned_by ? OwnerOf(sequence->owned_by.root(), context) : context.role();
}

Acl Standard(ObjectId object, const std::string& owner, const PlanContext& context) {
  return Acl::Standard(AclTargetOf(object.kind()), owner, context.major() * 10000);
}

// What a new object has: the default privileges in force have their desired form by then.
Acl AclOfNew(ObjectId object, const std::string& owner, const PlanContext& context) {
  Acl acl = Standard(object, context.role(), context);
  if (object.kind() == ObjectKind::kColumn) return acl;
  for (const bool everywhere : {true, false}) {
    for (const Object* item : context.default_privileges()) {
      const DefaultPrivileges& defaults = item->As<DefaultPrivileges>();
      if (item->id.schema().empty() != everywhere || !AppliesTo(item->id, defaults.target, object, context)) continue;
      if (everywhere) acl.Revoke(defaults.grantee, context.role(), ~0U, false);
      acl.Grant(defaults.grantee, context.role(), defaults.privileges);
    }
  }
  acl.SetOwner(owner);
  return acl;
}

// Whether the plan makes what they are held on: the sequence of an identity column with the column.
bool IsMadeByPlan(const Object& privileges, const PlanContext& context) {
  const ObjectId root = privileges.id.parent().root();
  if (context.desired().Contains(root)) return context.IsNew(root);
  return std::ranges::any_of(privileges.edges, [&](const Edge& edge) {
    return edge.target.kind() == ObjectKind::kColumn && context.IsNew(edge.target);
  });
}

}  // namespace

std::string OwnerAfter(const Object& privileges, const PlanContext& context) {
  return OwnerOf(OwnedRoot(privileges), context);
}

Acl StandardAcl(const Object& privileges, const PlanContext& context) {
  return Standard(privileges.id.parent(), OwnerAfter(privileges, context), context);
}

Acl AclBefore(const Object& privileges, const PlanContext& context) {
  return IsMadeByPlan(privileges, context) ? AclOfNew(privileges.id.parent(), OwnerAfter(privileges, context), context)
                                           : StandardAcl(privileges, context);
}

void DecideAboutDefaults(const PlanInput& input, const PlanContext& context, Decisions& decisions,
                         std::deque<Object>& storage) {
  if (context.default_privileges().empty()) return;
  for (const auto& [id, decision] : decisions.by_object) {
    if (!IsMade(id, decision, context)) continue;
    const bool managed = input.live.Contains(id) || !input.manages_privileges || input.manages_privileges(id.root());
    if (!managed) continue;
    const std::string owner = OwnerOf(id.root(), context);
    for (const ObjectId grantable : GrantableIn(*decision.after)) {
      const Acl standard = Standard(grantable, owner, context);
      for (Object& object : PrivilegesOf(grantable, standard, AclOfNew(grantable, owner, context))) {
        if (input.desired.Contains(object.id)) continue;
        object.source = decision.after->source;
        object.edges.push_back({id});
        storage.push_back(std::move(object));
      }
    }
  }
  for (const Object& object : storage) {
    decisions.by_object[object.id] = {.way = Decision::Way::kCreate, .after = &object};
  }
}

std::vector<ObjectId> DefaultsBefore(const Object& object, const std::vector<const Object*>& changed,
                                     const PlanContext& context) {
  std::vector<ObjectId> ids;
  const std::vector<ObjectId> grantable = GrantableIn(object);
  for (const Object* defaults : changed) {
    const bool applies = std::ranges::any_of(grantable, [&](ObjectId id) {
      return AppliesTo(defaults->id, defaults->As<DefaultPrivileges>().target, id, context);
    });
    if (applies) ids.push_back(defaults->id);
  }
  return ids;
}

}  // namespace schemadiff
