#include "canonical/as_read.h"

#include <algorithm>
#include <unordered_set>
#include <vector>

#include "canonical/access.h"
#include "model/access.h"
#include "model/implicit_names.h"
#include "model/lineage.h"
#include "model/partition_index.h"
#include "support/quote.h"

namespace schemadiff {
namespace {

using enum ObjectKind;

// Gives tables what they have from others. A table comes after those.
class Heir {
 public:
  explicit Heir(Schema& schema) : schema_(schema) {}

  void Run() {
    std::vector<ObjectId> tables;
    schema_.ForEachOfKinds(HasOwnColumns, [&](ObjectId id, const Object& object) {
      if (!ParentsOf(object).empty() || IsTyped(object)) tables.push_back(id);
    });
    if (tables.empty()) return;
    std::ranges::sort(tables);
    for (const auto& [id, object] : schema_) {
      if (StandsIn(id.kind(), NameSpace::kRelation)) names_.insert(id.schema() + '.' + id.name());
    }
    for (const ObjectId table : tables) Settle(table);
  }

 private:
  void Settle(ObjectId table) {
    if (!settled_.insert(table).second) return;
    const Object* object = schema_.Find(table);
    if (object == nullptr) return;
    if (IsTyped(*object)) TakeTypesColumns(table, object->As<Table>().of_type);
    const bool is_partition = static_cast<bool>(PartitionParent(*object));
    for (const ObjectId parent : ParentsOf(*object)) {
      Settle(parent);
      std::vector<Object> members;
      for (const Object* member : schema_.Members(parent)) members.push_back(*member);
      for (const Object& member : members) Inherit(table, member, is_partition);
    }
  }

  void TakeTypesColumns(ObjectId table, const DataType& type) {
    const auto [schema, name] = SplitQualified(type.sql);
    const Object* found = schema_.Find(ObjectId::Of(kCompositeType, schema, name));
    if (found == nullptr) return;
    int position = 0;
    for (const CompositeAttribute& attribute : found->As<CompositeType>().attributes) {
      const ObjectId id = ObjectId::Member(kColumn, table, attribute.name);
      Object* column = schema_.Find(id);
      if (column == nullptr) column = &schema_.Add({.id = id, .attributes = Column{}});
      column->As<Column>().type = attribute.type;
      column->As<Column>().collation = attribute.collation;
      column->position = ++position;
    }
  }

  void Inherit(ObjectId table, const Object& theirs, bool is_partition) {
    switch (theirs.id.kind()) {
      case kColumn: InheritColumn(table, theirs, is_partition); return;
      case kCheck:
        if (!theirs.As<Check>().no_inherit) Mark(table, theirs);
        return;
      case kKey:
      case kIndex:
        if (is_partition && table.kind() == kTable) InheritIndex(table, theirs);
        return;
      case kForeignKey:
        if (is_partition) Mark(table, theirs);
        return;
      case kTrigger:
        if (is_partition && theirs.As<Trigger>().for_each_row) {
          Object& copy = Mark(table, theirs);
          copy.edges.push_back({theirs.id, EdgeKind::kOwnedBy});
        }
        return;
      default: return;
    }
  }

  // The member of the same name, which is made where there is none.
  Object& Mark(ObjectId table, const Object& theirs) {
    const ObjectId id = CounterpartOn(table, theirs.id);
    Object* own = schema_.Find(id);
    if (own == nullptr) {
      Object copy = theirs;
      copy.id = id;
      for (Edge& edge : copy.edges) {
        if (edge.target.root() == theirs.id.root()) edge.target = CounterpartOn(table, edge.target);
      }
      own = &schema_.Add(std::move(copy));
    }
    own->inherited = true;
    return *own;
  }

  void InheritColumn(ObjectId table, const Object& theirs, bool is_partition) {
    const bool is_new = !schema_.Contains(CounterpartOn(table, theirs.id));
    Column& column = Mark(table, theirs).As<Column>();
    if (is_new && !is_partition) column.identity = Column::Identity::kNone;
    if (is_new && column.identity == Column::Identity::kNone) {
      column.identity_parameters = {};
      column.identity_sequence.clear();
    }
    std::vector<Object> members;
    for (const Object* member : schema_.Members(theirs.id)) members.push_back(*member);
    for (const Object& member : members) {
      if (const NotNull* not_null = member.If<NotNull>(); not_null && !not_null->no_inherit) Mark(table, member);
      // A default is inherited once, when the column is, and from then on the table's own.
      if (member.id.kind() == kColumnDefault && is_new && !schema_.Contains(CounterpartOn(table, member.id))) {
        Mark(table, member).inherited = false;
      }
    }
  }

  // Partitions have parts of partitioned indexes, with names of their own.
  void InheritIndex(ObjectId table, const Object& whole) {
    for (const Object* member : schema_.Members(table)) {
      if (WholeOf(*member) != whole.id) continue;
      Own(*schema_.Find(member->id), whole.id);
      return;
    }
    Object part = whole;
    const auto is_taken = [&](const std::string& name) { return names_.contains(table.schema() + '.' + name); };
    std::string name = whole.If<Key>() ? KeyName(table.name(), whole.As<Key>(), is_taken)
                                       : IndexName(table.name(), whole.As<Index>(), is_taken);
    names_.insert(table.schema() + '.' + name);
    part.id = ObjectId::Member(whole.id.kind(), table, name);
    std::erase_if(part.edges,
                  [](const Edge& edge) { return edge.target.kind() == kIndex || edge.target.kind() == kKey; });
    for (Edge& edge : part.edges) {
      if (edge.target.root() == whole.id.root()) edge.target = CounterpartOn(table, edge.target);
    }
    SetWhole(part, whole.id);
    Own(schema_.Add(std::move(part)), whole.id);
  }

  // Files create parts first; in a database the whole takes them along when it is dropped.
  void Own(Object& part, ObjectId whole) {
    std::erase(schema_.Find(whole)->edges, Edge{part.id});
    if (part.id.kind() != whole.kind()) return;
    part.inherited = true;
    part.edges.push_back({whole, EdgeKind::kOwnedBy});
  }

  Schema& schema_;
  std::unordered_set<ObjectId> settled_;
  std::unordered_set<std::string> names_;  ///< Of relations, with their schemas.
};

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

}  // namespace

void MakeAsRead(Schema& schema, int version) {
  Schema nothing;
  ResolveAccess(nothing, schema,
                {.version = version,
                 .role = std::string(kRunningRole),
                 .database_owner = std::string(kRunningRole),
                 .exact_owners = true,
                 .manages_privileges = [](ObjectId) { return true; }});
  Heir(schema).Run();
  UseParentsColumns(schema);
  AddUsesOfExtensions(schema);
  AddFromTheStart(schema);
  StateDefaults(schema, version);
  Forget(schema);
}

}  // namespace schemadiff
