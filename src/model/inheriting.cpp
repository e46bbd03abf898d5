#include "model/inheriting.h"

#include <algorithm>
#include <unordered_set>
#include <vector>

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

  void Run() { Settle(Heirs()); }
  void Run(ObjectId table) { Settle({table}); }

 private:
  std::vector<ObjectId> Heirs() const {
    std::vector<ObjectId> tables;
    schema_.ForEachOfKinds(HasOwnColumns, [&](ObjectId id, const Object& object) {
      if (!ParentsOf(object).empty() || IsTyped(object)) tables.push_back(id);
    });
    std::ranges::sort(tables);
    return tables;
  }

  void Settle(const std::vector<ObjectId>& tables) {
    if (tables.empty()) return;
    for (const auto& [id, object] : schema_) {
      if (StandsIn(id.kind(), NameSpace::kRelation)) names_.insert(id.schema() + '.' + id.name());
    }
    for (const ObjectId table : tables) Settle(table);
  }

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

}  // namespace

void TakeFromParents(Schema& schema) { Heir(schema).Run(); }

void TakeFromParents(Schema& schema, ObjectId table) { Heir(schema).Run(table); }

}  // namespace schemadiff
