#include "cli/managed.h"

#include <fnmatch.h>

#include <algorithm>

namespace schemadiff {

namespace {

ManageMode ModeOf(const ManageOptions& options, const std::string& key) {
  if (const auto found = options.modes.find(key); found != options.modes.end()) return found->second;
  if (options.all_schemas) return ManageMode::kExact;
  const auto& keys = ManageKeys();
  const auto standard = std::ranges::find(keys, key, &std::pair<std::string, ManageMode>::first);
  return standard == keys.end() ? ManageMode::kExact : standard->second;
}

}  // namespace

Managed::Managed(const ManageOptions& options, const std::vector<std::string>& declared_schemas)
    : options_(options), schemas_(declared_schemas) {
  for (std::size_t kind = 0; kind < kObjectKinds; ++kind) {
    modes_[kind] = ModeOf(options, std::string(ManageKey(static_cast<ObjectKind>(kind))));
  }
  schemas_.emplace_back("public");
  std::ranges::sort(schemas_);
  schemas_.erase(std::ranges::unique(schemas_).begin(), schemas_.end());
}

bool Managed::HasSchema(const std::string& schema) const {
  return options_.all_schemas || std::ranges::find(schemas_, schema) != schemas_.end();
}

// Whether a kind along the way to the root is off: the comment on a publication goes with either.
bool Managed::IsOff(ObjectId id) const {
  for (; id; id = id.parent()) {
    if (Mode(id.kind()) == ManageMode::kOff) return true;
  }
  return false;
}

// `kind:glob` over the qualified name; `*:glob` for every kind.
bool Managed::IsIgnored(ObjectId id) const {
  if (options_.ignore.empty()) return false;
  return std::ranges::any_of(options_.ignore, [&](const std::string& rule) {
    const std::size_t colon = std::min(rule.find(':'), rule.size());
    const std::string kind = rule.substr(0, colon);
    if (kind != "*" && kind != Label(id.kind())) return false;
    return fnmatch(rule.substr(std::min(colon + 1, rule.size())).c_str(), id.ToString().c_str(), 0) == 0;
  });
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
  if (IsOff(id) || IsIgnored(id)) return true;
  if (root.kind() == ObjectKind::kNamespace) return !HasSchema(root.name());
  return !id.schema().empty() && !HasSchema(id.schema());
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
  for (ObjectId part = id; part; part = part.parent()) {
    if (Mode(part.kind()) == ManageMode::kDeclared && !desired.Contains(part)) return true;
  }
  // CREATE EXTENSION brings a comment along, and plpgsql is part of every new database.
  if (root.kind() == ObjectKind::kExtension && !desired.Contains(id)) {
    return id.kind() == ObjectKind::kComment || root.name() == "plpgsql";
  }
  if (root.kind() == ObjectKind::kNamespace) {
    if (root.name() == "public") return !desired.Contains(id);
    return !desired.Contains(root) && !options_.all_schemas;
  }
  if (const Table* table = root.kind() == ObjectKind::kTable && object.If<Table>() ? object.If<Table>() : nullptr) {
    return table->partition_of && ModeOf(options_, "partitions") == ManageMode::kDeclared && !desired.Contains(id);
  }
  // What is outside schemas and has no key of its own goes only where everything is managed.
  if (root.schema().empty() && ManageKey(root.kind()).empty()) return !desired.Contains(root) && !options_.all_schemas;
  return false;
}

void Managed::Restrict(Schema& live, Schema& desired) const {
  std::vector<ObjectId> outside;
  for (const auto& [id, object] : desired) {
    if (IsOff(id) || IsIgnored(id) || (object.annotations && object.annotations->ignore)) outside.push_back(id);
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
