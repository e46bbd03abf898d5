#include "canonical/as_read.h"

#include <algorithm>
#include <unordered_set>
#include <vector>

#include "canonical/access.h"
#include "model/access.h"
#include "model/inheriting.h"
#include "model/lineage.h"

namespace schemadiff {
namespace {

using enum ObjectKind;

// A column that a table has from a parent is the parent's, for what uses it; what is inherited itself uses the columns
// of its own table.
void UseParentsColumns(Schema& schema) {
  const auto is_inherited = [&](ObjectId id) {
    const Object* object = schema.Find(id);
    return object != nullptr && object->inherited;
  };
  for (auto [id, object] : schema) {
    if (object.inherited) continue;
    for (Edge& edge : object.edges) {
      if (edge.target.kind() == kColumn && is_inherited(edge.target)) edge.target = TopmostColumn(schema, edge.target);
    }
  }
}

// What initdb leaves, and nobody declares.
void AddFromTheStart(Schema& schema) {
  const ObjectId plpgsql = ObjectId::Of(kExtension, "", "plpgsql");
  if (!schema.Contains(plpgsql)) {
    schema.Add({.id = plpgsql, .attributes = Extension{.schema = "pg_catalog", .version = ""}});
  }
  const ObjectId start = ObjectId::Of(kNamespace, "", "public");
  const ObjectId comment = ObjectId::Member(kComment, start, "");
  if (schema.Contains(start) && !schema.Contains(comment)) {
    schema.Add({.id = comment, .attributes = Comment{.text = "standard public schema"}});
  }
}

// Whether an operator class that nobody names may be an extension's, as those of btree_gist are.
bool MayUseExtension(const Object& object) {
  const Key* key = object.If<Key>();
  const Index* index = object.If<Index>();
  return object.If<Exclusion>() != nullptr || (key != nullptr && key->without_overlaps) ||
         (index != nullptr && index->access_method != "btree" && index->access_method != "hash");
}

void AddUsesOfExtensions(Schema& schema) {
  std::vector<ObjectId> extensions;
  for (const auto& [id, object] : schema.OfKind(kExtension)) extensions.push_back(id);
  std::ranges::sort(extensions);
  for (const ObjectKind kind : {kKey, kIndex, kExclusion}) {
    for (auto [id, object] : schema.OfKind(kind)) {
      if (!MayUseExtension(object)) continue;
      for (const ObjectId extension : extensions) object.edges.push_back({extension});
    }
  }
}

// From version 18, NOT NULL has a name, which children have from their parents.
void NameNotNull(Schema& schema, int version) {
  if (version < 180000) return;
  for (auto [id, object] : schema.OfKind(kNotNull)) {
    std::string& name = object.As<NotNull>().name;
    if (name.empty()) name = NotNull::ImplicitName(id);
  }
}

void StateDefaults(Schema& schema, int version) {
  for (auto [id, object] : schema.OfKind(kSubscription)) {
    Subscription& subscription = object.As<Subscription>();
    subscription.default_streaming = Subscription::StreamingByDefault(version);
    if (subscription.streaming.empty()) subscription.streaming = subscription.default_streaming;
  }
}

void Forget(Schema& schema) {
  for (auto [id, object] : schema) {
    object.annotations = nullptr;
    object.source = {};
  }
}

// What a plan makes ON ONLY a table has all its parts in the end.
void GiveAllParts(Schema& schema) {
  for (const ObjectKind kind : {kIndex, kKey}) {
    for (auto [id, object] : schema.OfKind(kind)) object.only = false;
  }
}

}  // namespace

void MakeAsRead(Schema& schema, int version) {
  Schema nothing;
  ResolveAccess(nothing, schema,
                {.version = version,
                 .role = std::string(kRunningRole),
                 .database_owner = std::string(kRunningRole),
                 .exact_owners = true,
                 .manages_privileges = [](ObjectId) { return true; }});
  NameNotNull(schema, version);
  GiveAllParts(schema);
  TakeFromParents(schema);
  UseParentsColumns(schema);
  AddUsesOfExtensions(schema);
  AddFromTheStart(schema);
  StateDefaults(schema, version);
  Forget(schema);
}

}  // namespace schemadiff
