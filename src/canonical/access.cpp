#include "canonical/access.h"

#include <algorithm>
#include <optional>
#include <unordered_set>

#include "model/access.h"

namespace schemadiff {
namespace {

ObjectId PublicSchema() { return ObjectId::Of(ObjectKind::kNamespace, "", "public"); }
ObjectId OwnerOf(ObjectId object) { return ObjectId::Member(ObjectKind::kOwner, object, ""); }

bool HasOwner(const Object& object) {
  if (object.id.parent() || IsOwnerless(object.id.kind())) return false;
  // A sequence belongs to the owner of the table that it belongs to.
  const Sequence* sequence = object.If<Sequence>();
  return sequence == nullptr || !sequence->owned_by;
}

class Resolver {
 public:
  Resolver(Schema& live, Schema& desired, const AccessContext& context)
      : live_(live), desired_(desired), context_(context) {}

  void Run() {
    Collect();
    std::vector<Object> histories = TakeHistories();
    AddCreatedWithDefaults(histories);
    std::vector<Object> resolved;
    for (const Object& history : histories) Resolve(history, resolved);
    for (Object& object : resolved) desired_.Add(std::move(object));
    RemoveStandardDefaults();
    SettleOwners();
  }

 private:
  void Collect() {
    for (const auto& [id, object] : desired_.OfKind(ObjectKind::kPrivileges)) {
      if (!object.As<Privileges>().changes.empty()) histories_.push_back(id);
    }
    for (const auto& [id, object] : desired_.OfKind(ObjectKind::kDefaultPrivileges)) defaults_.push_back(&object);
    for (const auto& [id, object] : desired_.OfKind(ObjectKind::kOwner)) owners_.push_back(id);
    // Those of all schemas first: they take the standard's place, those of one schema are added.
    std::ranges::sort(defaults_, {}, [](const Object* object) { return std::pair(object->id.schema(), object->id); });
  }

  // Privileges.

  std::vector<Object> TakeHistories() {
    std::vector<Object> histories;
    for (const ObjectId id : histories_) histories.push_back(*desired_.Find(id));
    for (const ObjectId id : histories_) desired_.Remove(id);
    std::ranges::sort(histories, {}, &Object::id);
    return histories;
  }

  // What nobody granted anything on may still have been made under default privileges.
  void AddCreatedWithDefaults(std::vector<Object>& histories) const {
    std::unordered_set<ObjectId> known;
    for (const Object& history : histories) known.insert(history.id.parent());
    const auto add = [&](ObjectId id, const Object& object, std::vector<Edge> edges) {
      if (!known.insert(id).second) return;
      histories.push_back({.id = ObjectId::Member(ObjectKind::kPrivileges, id, ""), .attributes = Privileges{}});
      histories.back().source = object.source;
      histories.back().edges = std::move(edges);
    };
    if (const Object* start = desired_.Find(PublicSchema())) add(start->id, *start, {});
    const bool any = std::ranges::any_of(
        defaults_, [](const Object* object) { return !object->As<DefaultPrivileges>().history.empty(); });
    if (!any) return;
    for (const auto& [id, object] : desired_) {
      if (!id.parent() && AclTargetOf(id.kind()) != AclTarget::kNone) add(id, object, {});
      if (const ObjectId sequence = IdentitySequenceOf(object)) add(sequence, object, {{id}});
    }
  }

  void Resolve(const Object& history, std::vector<Object>& resolved) const {
    const ObjectId object = history.id.parent();
    if (!context_.manages_privileges(RootOf(history))) return;
    const AclTarget target = AclTargetOf(object.kind());
    const std::string owner = OwnerName(RootOf(history));
    const Acl standard = Acl::Standard(target, owner, context_.version);
    Acl acl = AclAtCreation(object, RootOf(history), standard);
    for (const AccessChange& change : history.As<Privileges>().changes) Apply(acl, change);
    for (Object& privileges : PrivilegesOf(object, acl, standard)) {
      privileges.source = SourceOf(history, privileges.id.name().empty() ? owner : privileges.id.name());
      privileges.annotations = history.annotations;
      privileges.edges.insert(privileges.edges.end(), history.edges.begin(), history.edges.end());
      if (object.parent()) {
        // A view's column, and an inherited one, is no object of its own. What is revoked on a table is revoked on its
        // columns: they come after it.
        privileges.edges.push_back({object.root()});
        privileges.edges.push_back({privileges.id.WithParent(object.root())});
      }
      resolved.push_back(std::move(privileges));
    }
  }

  // The table of an identity column's sequence, which is no object of its own.
  static ObjectId RootOf(const Object& history) {
    for (const Edge& edge : history.edges) {
      if (edge.target.kind() == ObjectKind::kColumn) return edge.target.root();
    }
    return history.id.root();
  }

  static void Apply(Acl& acl, const AccessChange& change) {
    const std::uint32_t bits = change.privileges.held;
    const std::string grantor = acl.GrantorFor(change.by, bits);
    if (change.way == AccessChange::Way::kGrant) {
      acl.Grant(change.grantee, grantor, change.privileges);
    } else {
      acl.Revoke(change.grantee, grantor, bits, change.way == AccessChange::Way::kRevokeOption);
    }
  }

  static SourceLocation SourceOf(const Object& history, const std::string& grantee) {
    SourceLocation source = history.source;
    for (const AccessChange& change : history.As<Privileges>().changes) {
      if (change.grantee == grantee) source = change.source;
    }
    return source;
  }

  std::string OwnerName(ObjectId object) const {
    if (const Object* found = object.kind() == ObjectKind::kSequence ? desired_.Find(object) : nullptr) {
      if (const ObjectId column = found->As<Sequence>().owned_by) return OwnerName(column.root());
    }
    if (const Object* owner = desired_.Find(OwnerOf(object))) return owner->As<Owner>().role;
    return live_.Contains(object) && !context_.exact_owners ? context_.database_owner : context_.role;
  }

  // The standard, what the creator's default privileges made of it at the time, and all that as the owner's.
  Acl AclAtCreation(ObjectId id, ObjectId root, const Acl& standard) const {
    const Object* object = desired_.Find(root);
    if (object == nullptr || id.parent()) return standard;
    if (id == PublicSchema()) return AclOfPublic(*object, standard);
    const Object* owner = desired_.Find(OwnerOf(root));
    const bool unsaid = owner == nullptr || !owner->source;
    const std::string creator = unsaid                               ? standard.owner()
                                : owner->As<Owner>().creator.empty() ? context_.role
                                                                     : owner->As<Owner>().creator;
    Acl acl = Acl::Standard(AclTargetOf(id.kind()), creator, context_.version);
    for (const Object* item : defaults_) {
      const DefaultPrivileges& defaults = item->As<DefaultPrivileges>();
      const std::string& schema = item->id.schema();
      const bool applies = schema.empty() || schema == id.schema();
      if (!applies || defaults.target != AclTargetOf(id.kind()) || item->id.name() != creator) continue;
      std::optional<PrivilegeSet> then;
      for (const auto& [position, privileges] : defaults.history) {
        if (position < object->position) then = privileges;
      }
      if (!then) continue;
      if (schema.empty()) acl.Revoke(defaults.grantee, creator, ~0U, false);
      acl.Grant(defaults.grantee, creator, *then);
    }
    acl.SetOwner(standard.owner());
    return acl;
  }

  // As initdb leaves it: everyone may use it, and create in it before version 15.
  Acl AclOfPublic(const Object& object, const Acl& standard) const {
    Acl acl = standard;
    if (object.position > 0) return acl;  // Dropped, and created anew.
    for (const Object& given : AccessFromTheStart(context_.version)) {
      if (const Privileges* privileges = given.If<Privileges>()) {
        acl.Grant(given.id.name(), acl.owner(), privileges->grants.front().privileges);
      }
    }
    return acl;
  }

  // Declared to be what they are anyway.
  void RemoveStandardDefaults() {
    for (const Object* object : defaults_) {
      const ObjectId id = object->id;
      const DefaultPrivileges& defaults = object->As<DefaultPrivileges>();
      const PrivilegeSet standard =
          DefaultPrivileges::Standard(id, defaults.target, defaults.grantee, context_.version);
      if (defaults.privileges == standard) desired_.Remove(id);
    }
  }

  // Owners.

  void SettleOwners() {
    for (const ObjectId id : owners_) {
      const Object* owned = desired_.Find(id.parent());
      if (owned != nullptr && !HasOwner(*owned)) desired_.Remove(id);
      if (live_.Contains(id.parent()) && desired_.Contains(id)) Materialize(live_, id.parent());
    }
    if (context_.database_owner != context_.role) MaterializeAll();
    RemoveRunningRole(live_);
    RemoveRunningRole(desired_);
  }

  void Materialize(Schema& schema, ObjectId object) const {
    if (schema.Contains(OwnerOf(object))) return;
    schema.Add({.id = OwnerOf(object), .attributes = Owner{.role = context_.database_owner}});
  }

  // What the files leave open stays the database owner's, also when it is made anew.
  void MaterializeAll() {
    std::vector<ObjectId> objects;
    for (const auto& [id, object] : live_) {
      if (HasOwner(object)) objects.push_back(id);
    }
    for (const ObjectId object : objects) {
      Materialize(live_, object);
      if (!context_.exact_owners && desired_.Contains(object)) Materialize(desired_, object);
    }
  }

  void RemoveRunningRole(Schema& schema) const {
    std::vector<ObjectId> ids;
    for (const auto& [id, object] : schema.OfKind(ObjectKind::kOwner)) {
      if (object.As<Owner>().role == context_.role) ids.push_back(id);
    }
    for (const ObjectId id : ids) schema.Remove(id);
  }

  Schema& live_;
  Schema& desired_;
  const AccessContext& context_;
  std::vector<ObjectId> histories_;
  std::vector<const Object*> defaults_;
  std::vector<ObjectId> owners_;
};

}  // namespace

void ResolveAccess(Schema& live, Schema& desired, const AccessContext& context) {
  Resolver(live, desired, context).Run();
}

}  // namespace schemadiff
