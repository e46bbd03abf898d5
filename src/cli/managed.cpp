#include "cli/managed.h"

#include <fnmatch.h>

#include <algorithm>

namespace schemadiff {

Managed::Managed(const ManageOptions& options, const std::vector<std::string>& declared_schemas)
    : options_(options), schemas_(declared_schemas) {
  schemas_.emplace_back("public");
  std::ranges::sort(schemas_);
  schemas_.erase(std::ranges::unique(schemas_).begin(), schemas_.end());
}

bool Managed::HasSchema(const std::string& schema) const {
  return options_.all_schemas || std::ranges::find(schemas_, schema) != schemas_.end();
}

ManageMode Managed::Mode(const std::string& key) const {
  if (const auto found = options_.modes.find(key); found != options_.modes.end()) return found->second;
  if (options_.all_schemas) return ManageMode::kExact;
  const auto& keys = ManageKeys();
  const auto standard = std::ranges::find(keys, key, &std::pair<std::string, ManageMode>::first);
  return standard == keys.end() ? ManageMode::kExact : standard->second;
}

// `kind:glob` over the qualified name; `*:glob` for every kind.
bool Managed::IsIgnored(ObjectId id) const {
  return std::ranges::any_of(options_.ignore, [&](const std::string& rule) {
    const std::size_t colon = std::min(rule.find(':'), rule.size());
    const std::string kind = rule.substr(0, colon);
    if (kind != "*" && kind != Label(id.kind())) return false;
    return fnmatch(rule.substr(std::min(colon + 1, rule.size())).c_str(), id.ToString().c_str(), 0) == 0;
  });
}

void Managed::AddUnmanagedNames(const Schema& live, ExternalNames& names) const {
  using enum ObjectKind;
  for (const auto& [id, object] : live) {
    if (id.parent() || id.schema().empty() || (HasSchema(id.schema()) && !IsIgnored(id))) continue;
    const ObjectKind kind = id.kind();
    const bool relation = kind == kTable || kind == kView || kind == kMaterializedView || kind == kSequence;
    const bool type = kind == kEnum || kind == kDomain || kind == kCompositeType || (relation && kind != kSequence);
    if (relation) names.Add(NameSpace::kRelation, id.schema(), id.name());
    if (type) names.Add(NameSpace::kType, id.schema(), id.name());
    if (kind == kRoutine) names.Add(NameSpace::kRoutine, id.schema(), id.name());
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
  if (IsIgnored(id)) return true;
  if (id.kind() == ObjectKind::kComment && Mode("comments") == ManageMode::kOff) return true;
  if (root.kind() == ObjectKind::kExtension) return Mode("extensions") == ManageMode::kOff;
  if (root.kind() == ObjectKind::kNamespace) return !HasSchema(root.name());
  return !HasSchema(id.schema());
}

void Managed::RestrictToScope(Schema& live) const {
  std::vector<ObjectId> outside;
  for (const auto& [id, object] : live) {
    if (IsOutsideScope(id)) outside.push_back(id);
  }
  for (const ObjectId id : outside) live.Remove(id);
}

// Of a live object within the scope: whether it is left alone although the desired schema does not have it.
bool Managed::IsOutside(const Object& object, const Schema& desired) const {
  const ObjectId id = object.id;
  const ObjectId root = id.root();
  if (root.kind() == ObjectKind::kExtension) {
    // CREATE EXTENSION brings a comment along.
    if (id.kind() == ObjectKind::kComment && !desired.Contains(id)) return true;
    // plpgsql is part of every new database.
    return !desired.Contains(root) && (Mode("extensions") == ManageMode::kDeclared || root.name() == "plpgsql");
  }
  if (root.kind() == ObjectKind::kNamespace) {
    if (root.name() == "public") return !desired.Contains(id);
    return !desired.Contains(root) && !options_.all_schemas;
  }
  if (const Table* table = root.kind() == ObjectKind::kTable && object.If<Table>() ? object.If<Table>() : nullptr) {
    return table->partition_of && Mode("partitions") == ManageMode::kDeclared && !desired.Contains(id);
  }
  // The parts of a partitioned index that nobody declared come and go with it.
  if (const Index* index = object.If<Index>()) return index->attached_to && !desired.Contains(id);
  return false;
}

void Managed::Restrict(Schema& live, Schema& desired) const {
  std::vector<ObjectId> outside;
  for (const auto& [id, object] : desired) {
    if (IsIgnored(id) || (object.annotations && object.annotations->ignore)) outside.push_back(id);
    if (id.kind() == ObjectKind::kComment && Mode("comments") == ManageMode::kOff) outside.push_back(id);
    if (id.kind() == ObjectKind::kExtension && Mode("extensions") == ManageMode::kOff) outside.push_back(id);
  }
  for (const ObjectId id : outside) {
    desired.Remove(id);
    live.Remove(id);
  }
  // The schema public, and plpgsql, are there from the start: only their comments are facts.
  for (const ObjectId id :
       {ObjectId::Of(ObjectKind::kNamespace, "", "public"), ObjectId::Of(ObjectKind::kExtension, "", "plpgsql")}) {
    const Object* object = live.Find(id);
    if (object != nullptr && desired.Contains(id)) desired.Find(id)->attributes = object->attributes;
  }
  outside.clear();
  for (const auto& [id, object] : live) {
    if (IsOutside(object, desired)) outside.push_back(id);
  }
  for (const ObjectId id : outside) live.Remove(id);
}

}  // namespace schemadiff
