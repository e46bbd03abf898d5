#include "cli/managed.h"

#include <fnmatch.h>

#include <algorithm>

#include "model/lineage.h"
#include "model/own_schema.h"

namespace schemadiff {

namespace {

ManageMode ModeOf(const ManageOptions& options, const std::string& key) {
  if (const auto found = options.modes.find(key); found != options.modes.end()) return found->second;
  if (options.all_schemas) return ManageMode::kExact;
  const auto& keys = ManageKeys();
  const auto standard = std::ranges::find(keys, key, &std::pair<std::string, ManageMode>::first);
  return standard == keys.end() ? ManageMode::kExact : standard->second;
}

constexpr std::string_view kOwnerRule = "owner:";

bool Matches(const std::string& glob, const std::string& name) { return fnmatch(glob.c_str(), name.c_str(), 0) == 0; }

bool IsSystemSchema(std::string_view name) { return name.starts_with("pg_") || name == "information_schema"; }

// A plan for a partitioned table has to know that it does not know all.
void LeaveAlone(Schema& live, ObjectId id) {
  using enum ObjectKind;
  const Object* object = live.Find(id);
  if (object == nullptr) return;
  const bool is_index = id.kind() == kIndex || id.kind() == kKey;
  const ObjectId above = id.kind() == kTable ? PartitionParent(*object) : is_index ? id.parent() : ObjectId();
  Object* table = above ? live.Find(above) : nullptr;
  if (table != nullptr && table->If<Table>()) table->As<Table>().has_unmanaged_parts = true;
  live.Remove(id);
}

}  // namespace

Managed::Managed(const ManageOptions& options, const std::vector<std::string>& declared_schemas, const Schema& live)
    : options_(options), schemas_(declared_schemas) {
  for (std::size_t kind = 0; kind < kObjectKinds; ++kind) {
    modes_[kind] = ModeOf(options, std::string(ManageKey(static_cast<ObjectKind>(kind))));
  }
  if (!options.own_schema) {
    std::erase(schemas_, kOwnSchema);
    schemas_.emplace_back("public");
  }
  std::ranges::sort(schemas_);
  schemas_.erase(std::ranges::unique(schemas_).begin(), schemas_.end());
  for (const auto& [id, object] : live.OfKind(ObjectKind::kOwner)) {
    const std::string& role = object.As<Owner>().role;
    const bool ignored = std::ranges::any_of(options.ignore, [&](const std::string& rule) {
      return rule.starts_with(kOwnerRule) && Matches(rule.substr(kOwnerRule.size()), role);
    });
    if (ignored) of_ignored_owners_.insert(id.root());
  }
}

bool Managed::HasSchema(const std::string& schema) const {
  if (schema == kOwnSchema) return options_.own_schema;
  return options_.all_schemas || std::ranges::find(schemas_, schema) != schemas_.end();
}

// Whether a kind along the way to the root is off: the comment on a publication goes with either.
bool Managed::IsOff(ObjectId id) const {
  for (; id; id = id.parent()) {
    if (Mode(id.kind()) == ManageMode::kOff) return true;
  }
  return false;
}

// `kind:glob` over the qualified name; `*:glob` for every kind; `owner:glob` over the role, with all that belongs to
// what it owns.
bool Managed::IsIgnored(ObjectId id) const {
  if (options_.ignore.empty()) return false;
  if (of_ignored_owners_.contains(id.root())) return true;
  return std::ranges::any_of(options_.ignore, [&](const std::string& rule) {
    if (rule.starts_with(kOwnerRule)) return false;
    const std::size_t colon = std::min(rule.find(':'), rule.size());
    const std::string kind = rule.substr(0, colon);
    if (kind != "*" && kind != Label(id.kind())) return false;
    return Matches(rule.substr(std::min(colon + 1, rule.size())), id.ToString());
  });
}

// Of schemadiff's own schema and all others, only one is compared. A dump by another tool holds both.
bool Managed::IsBeside(ObjectId id) const {
  const ObjectId root = id.root();
  const std::string& schema = root.kind() == ObjectKind::kNamespace ? root.name() : root.schema();
  return (schema == kOwnSchema) != options_.own_schema;
}

void Managed::AddUnmanagedNames(const Schema& live, ExternalNames& names) const {
  for (const auto& [id, object] : live) {
    // Where a kind is exact, what the files do not declare goes.
    if (!id.parent() && id.schema().empty() && Mode(id.kind()) != ManageMode::kExact) names.Add(id);
    if (id.parent() || id.schema().empty() || (HasSchema(id.schema()) && !IsIgnored(id))) continue;
    for (const NameSpace space : NameSpaces(id.kind())) names.Add(space, id.schema(), id.name());
  }
}

Scope Managed::scope() const {
  Scope scope{.schemas = options_.all_schemas ? std::vector<std::string>() : schemas_, .ignore = options_.ignore};
  for (const auto& [key, mode] : options_.modes) {
    if (mode == ManageMode::kOff) scope.off.push_back(key);
  }
  return scope;
}

bool Managed::IsOutsideScope(ObjectId id) const {
  const ObjectId root = id.root();
  if (IsOff(id) || IsIgnored(id) || IsBeside(id)) return true;
  if (root.kind() == ObjectKind::kNamespace) return !HasSchema(root.name());
  return !id.schema().empty() && !HasSchema(id.schema());
}

std::vector<Object> Managed::RestrictToScope(Schema& live) const {
  std::vector<ObjectId> outside;
  std::vector<Object> set_aside;
  for (const Object* object : live.Where([&](const Object& each) { return IsOutsideScope(each.id); })) {
    const ObjectId id = object->id;
    outside.push_back(id);
    if (StaysAsItIs(id.kind()) && (!id.parent() || !IsOutsideScope(id.parent()))) set_aside.push_back(*object);
  }
  for (const ObjectId id : outside) LeaveAlone(live, id);
  return set_aside;
}

bool Managed::ManagesPrivileges(ObjectId object) const {
  const ManageMode mode = Mode(ObjectKind::kPrivileges);
  return mode == ManageMode::kExact || (mode == ManageMode::kDeclared && granted_.contains(object.root()));
}

// Whether the files speak of an object. What stands in the desired schema without a place in them does not count; what
// they say of privileges stands under other names than what there is.
bool Managed::IsDeclared(ObjectId id, const Schema& desired) const {
  if (id.kind() == ObjectKind::kPrivileges) return granted_.contains(id.root());
  const Object* object = desired.Find(id);
  return object != nullptr && (!StaysAsItIs(id.kind()) || object->source);
}

// Whether the desired schema has it by another name.
bool IsRenamed(ObjectId schema, const Schema& desired) {
  return std::ranges::any_of(desired.OfKind(ObjectKind::kNamespace), [&](const auto& entry) {
    const auto& annotations = entry.second.annotations;
    return annotations && !annotations->renamed_from.empty() && annotations->renamed_from.back() == schema.name();
  });
}

// Of a live object within the scope: whether it is left alone although the desired schema does not have it.
bool Managed::IsOutside(const Object& object, const Schema& live, const Schema& desired) const {
  const ObjectId id = object.id;
  const ObjectId root = id.root();
  if (IsDeclared(id, desired)) return false;
  if (IsNeverDropped(root.kind())) {
    if (!desired.Contains(root)) return true;
    // That one role is a member of another goes only where both are declared.
    for (const Edge& edge : object.edges) {
      if (IsNeverDropped(edge.target.kind()) && !desired.Contains(edge.target)) return true;
    }
  }
  for (ObjectId part = id; part; part = part.parent()) {
    if (Mode(part.kind()) == ManageMode::kDeclared && !IsDeclared(part, desired)) return true;
  }
  if (StaysAsItIs(id.kind()) && root != id && !desired.Contains(root)) {
    const Object* owned = live.Find(root);
    return owned != nullptr ? IsOutside(*owned, live, desired) : IsSystemSchema(root.schema());
  }
  if (StaysAsItIs(id.kind())) return false;
  // CREATE EXTENSION brings a comment along, and plpgsql is part of every new database.
  if (root.kind() == ObjectKind::kExtension && !desired.Contains(id)) {
    return id.kind() == ObjectKind::kComment || root.name() == "plpgsql";
  }
  if (root.kind() == ObjectKind::kNamespace) {
    if (root.name() == "public") return !desired.Contains(id);
    return !desired.Contains(root) && !options_.all_schemas && !live_is_declared_ && !IsRenamed(root, desired);
  }
  if (const Table* table = root.kind() == ObjectKind::kTable && object.If<Table>() ? object.If<Table>() : nullptr) {
    return table->partition_of && ModeOf(options_, "partitions") == ManageMode::kDeclared && !desired.Contains(id);
  }
  // What is outside schemas and has no key of its own goes only where everything is managed.
  if (root.schema().empty() && ManageKey(root.kind()).empty()) {
    return !desired.Contains(root) && !options_.all_schemas && !live_is_declared_;
  }
  return false;
}

// What is left alone is the same in both states; what goes with its object needs no word.
void Managed::LeaveAsItIs(Object object, Schema& live, Schema& desired) const {
  const ObjectId root = object.id.root();
  const bool goes = root != object.id && live.Contains(root) && !desired.Contains(root);
  if (!goes) desired.Add(object);
  live.Add(std::move(object));
}

void Managed::Restrict(Schema& live, Schema& desired, std::vector<Object> set_aside) {
  std::vector<ObjectId> outside;
  const auto is_outside = [&](const Object& object) {
    const ObjectId id = object.id;
    const bool unsaid = StaysAsItIs(id.kind()) && Mode(id.kind()) == ManageMode::kDeclared && !object.source;
    const bool ignored = object.annotations && object.annotations->ignore;
    return IsOff(id) || IsIgnored(id) || IsBeside(id) || ignored || unsaid;
  };
  for (const Object* object : desired.Where(is_outside)) outside.push_back(object->id);
  for (const auto& [id, object] : desired.OfKind(ObjectKind::kPrivileges)) {
    if (!IsOff(id)) granted_.insert(id.root());
  }
  for (const ObjectId id : outside) {
    if (StaysAsItIs(id.kind())) {
      desired.RemoveAlone(id);
    } else {
      desired.Remove(id);
      LeaveAlone(live, id);
    }
  }
  // The schema public, and plpgsql, are there from the start: only their comments are facts.
  for (const ObjectId id :
       {ObjectId::Of(ObjectKind::kNamespace, "", "public"), ObjectId::Of(ObjectKind::kExtension, "", "plpgsql")}) {
    const Object* object = live.Find(id);
    if (object != nullptr && desired.Contains(id)) desired.Find(id)->attributes = object->attributes;
  }
  outside.clear();
  for (const Object* object : live.Where([&](const Object& each) { return IsOutside(each, live, desired); })) {
    if (StaysAsItIs(object->id.kind())) {
      set_aside.push_back(*object);
    } else {
      outside.push_back(object->id);
    }
  }
  // What the files say of a role or database that they do not declare is compared all the same.
  for (const ObjectId id : outside) IsNeverDropped(id.kind()) ? live.RemoveAlone(id) : LeaveAlone(live, id);
  for (Object& object : set_aside) {
    const bool lost =
        object.id.parent() && !live.Contains(object.id) && std::ranges::contains(outside, object.id.root());
    if (!lost) LeaveAsItIs(std::move(object), live, desired);
  }
}

void Managed::KeepOfRenamed(const Schema& live, Schema& desired) const {
  for (const auto& [id, object] : live) {
    if (!StaysAsItIs(id.kind()) || !desired.Contains(id.root()) || desired.Contains(id)) continue;
    const bool managed =
        id.kind() == ObjectKind::kPrivileges ? ManagesPrivileges(id.root()) : Mode(id.kind()) == ManageMode::kExact;
    if (!managed) desired.Add(object);
  }
}

}  // namespace schemadiff
