#include "model/inheriting.h"

#include <algorithm>
#include <memory>
#include <unordered_set>
#include <utility>

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
  Heir(Schema& schema, PartName name, Taking taking) : schema_(schema), name_(std::move(name)), taking_(taking) {}

  void Run() {
    for (const ObjectId table : Heirs()) Settle(table);
  }
  Taken Run(ObjectId table, const Object& theirs) {
    Taken taken{.id = Inherit(table, theirs), .added = {}};
    taken.added = std::move(added_);
    return taken;
  }

 private:
  std::vector<ObjectId> Heirs() const {
    std::vector<ObjectId> tables;
    schema_.ForEachOfKinds(HasOwnColumns, [&](ObjectId id, const Object& object) {
      if (!ParentsOf(object).empty() || IsTyped(object)) tables.push_back(id);
    });
    std::ranges::sort(tables);
    return tables;
  }

  void Settle(ObjectId table) {
    if (!settled_.insert(table).second) return;
    const Object* object = schema_.Find(table);
    if (object == nullptr) return;
    if (IsTyped(*object)) TakeTypesColumns(table, object->As<Table>().of_type);
    for (const ObjectId parent : ParentsOf(*object)) {
      Settle(parent);
      std::vector<Object> members;
      for (const Object* member : schema_.Members(parent)) members.push_back(*member);
      for (const Object& member : members) Inherit(table, member);
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

  bool IsPartition(ObjectId table) const { return static_cast<bool>(PartitionParent(*schema_.Find(table))); }

  ObjectId Inherit(ObjectId table, const Object& theirs) {
    switch (theirs.id.kind()) {
      case kColumn: return InheritColumn(table, theirs);
      case kNotNull: return theirs.As<NotNull>().no_inherit ? ObjectId() : Mark(table, theirs).id;
      case kCheck: return theirs.As<Check>().no_inherit ? ObjectId() : Mark(table, theirs).id;
      case kKey:
      case kIndex: return IsPartition(table) && table.kind() == kTable ? InheritIndex(table, theirs) : ObjectId();
      case kForeignKey: return IsPartition(table) ? Mark(table, theirs).id : ObjectId();
      case kTrigger:
        return IsPartition(table) && theirs.As<Trigger>().for_each_row ? InheritTrigger(table, theirs) : ObjectId();
      default: return {};
    }
  }

  Object& Add(Object object) {
    object.annotations = nullptr;
    object.is_local = false;
    added_.push_back(object.id);
    return schema_.Add(std::move(object));
  }

  // The member of the same name, which is made where there is none.
  Object& Mark(ObjectId table, const Object& theirs) {
    const ObjectId id = CounterpartOn(table, theirs.id);
    Object* own = schema_.Find(id);
    if (own == nullptr) {
      Object copy = theirs;
      copy.id = id;
      std::erase_if(copy.edges, [](const Edge& edge) { return edge.kind == EdgeKind::kOwnedBy; });
      for (Edge& edge : copy.edges) {
        if (edge.target.root() == theirs.id.root()) edge.target = CounterpartOn(table, edge.target);
      }
      own = &Add(std::move(copy));
    } else if (!own->inherited) {
      own->is_local = !IsPartition(table);
    }
    own->inherited = true;
    return *own;
  }

  ObjectId InheritTrigger(ObjectId table, const Object& theirs) {
    Object& copy = Mark(table, theirs);
    MarkAsCopy(copy, theirs.id);
    return copy.id;
  }

  ObjectId InheritColumn(ObjectId table, const Object& theirs) {
    const bool is_new = !schema_.Contains(CounterpartOn(table, theirs.id));
    Object& own = Mark(table, theirs);
    // A partition may say something of a column without declaring it (manual: CREATE TABLE, PARTITION OF).
    if (own.As<Column>().type.sql.empty()) own.attributes = theirs.attributes;
    Column& column = own.As<Column>();
    const bool has_identity = IsPartition(table) && column.identity != Column::Identity::kNone;
    if (is_new && !has_identity) column.LoseIdentity();
    std::vector<Object> members;
    for (const Object* member : schema_.Members(theirs.id)) members.push_back(*member);
    for (const Object& member : members) InheritOfColumn(table, member, is_new);
    return own.id;
  }

  // A column that is there when the parent gets one like it stays nullable and without a default; a default is
  // inherited once, and from then on the table's own (src/backend/commands/tablecmds.c, ATExecAddColumn,
  // MergeAttributes).
  void InheritOfColumn(ObjectId table, const Object& theirs, bool is_new) {
    const NotNull* not_null = theirs.If<NotNull>();
    if (not_null && !not_null->no_inherit && (is_new || taking_ != Taking::kAdded)) Mark(table, theirs);
    if (theirs.id.kind() != kColumnDefault || schema_.Contains(CounterpartOn(table, theirs.id))) return;
    if (is_new || taking_ == Taking::kCreated) Mark(table, theirs).inherited = false;
  }

  // Partitions have parts of partitioned indexes, with names of their own.
  ObjectId InheritIndex(ObjectId table, const Object& whole) {
    if (const Object* part = PartOn(schema_, table, whole.id)) return Own(*schema_.Find(part->id), whole.id);
    Object part = whole;
    part.id = ObjectId::Member(whole.id.kind(), table, name_(table, whole));
    std::erase_if(part.edges,
                  [](const Edge& edge) { return edge.target.kind() == kIndex || edge.target.kind() == kKey; });
    for (Edge& edge : part.edges) {
      if (edge.target.root() == whole.id.root()) edge.target = CounterpartOn(table, edge.target);
    }
    SetWhole(part, whole.id);
    return Own(Add(std::move(part)), whole.id);
  }

  // Files create parts first; in a database the whole takes them along when it is dropped.
  ObjectId Own(Object& part, ObjectId whole) {
    std::erase(schema_.Find(whole)->edges, Edge{part.id});
    if (part.id.kind() == whole.kind()) MarkAsCopy(part, whole);
    return part.id;
  }

  Schema& schema_;
  PartName name_;
  Taking taking_;
  std::unordered_set<ObjectId> settled_;
  std::vector<ObjectId> added_;
};

std::string NameKey(ObjectId id) { return id.schema() + '.' + id.name(); }

std::unordered_set<std::string> RelationNames(const Schema& schema, const Schema* before) {
  std::unordered_set<std::string> names;
  for (const auto& [id, object] : schema) {
    if (StandsIn(id.kind(), NameSpace::kRelation)) names.insert(NameKey(id));
  }
  if (before == nullptr) return names;
  for (const auto& [id, object] : *before) {
    const bool stays = object.inherited || schema.Contains(id);
    if (stays && StandsIn(id.kind(), NameSpace::kRelation)) names.insert(NameKey(id));
  }
  return names;
}

}  // namespace

void TakeFromParents(Schema& schema) { Heir(schema, NamesIn(schema), Taking::kCreated).Run(); }

void MarkAsCopy(Object& copy, ObjectId original) {
  const Edge owned{original, EdgeKind::kOwnedBy};
  copy.inherited = true;
  if (!std::ranges::contains(copy.edges, owned)) copy.edges.push_back(owned);
}

PartName NamesIn(const Schema& schema, const Schema* before) {
  // Collected when the first is asked for, and shared by copies of the function.
  const auto names = std::make_shared<std::unordered_set<std::string>>();
  return [&schema, before, names](ObjectId table, const Object& whole) {
    if (names->empty()) *names = RelationNames(schema, before);
    const auto is_taken = [&](const std::string& name) { return names->contains(table.schema() + '.' + name); };
    std::string name = PartNameOn(table.name(), whole, is_taken);
    names->insert(table.schema() + '.' + name);
    return name;
  };
}

Taken TakeFromParent(Schema& schema, ObjectId table, ObjectId theirs, Taking taking, const PartName& name) {
  const Object copy = *schema.Find(theirs);
  return Heir(schema, name, taking).Run(table, copy);
}

}  // namespace schemadiff
