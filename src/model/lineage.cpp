#include "model/lineage.h"

#include <utility>

namespace schemadiff {
namespace {

template <typename Result, typename Object, typename Visitor>
Result OfTable(Object& object, Result otherwise, Visitor&& visit) {
  return Visit(
      [&](auto& attributes) -> Result {
        if constexpr (requires {
                        attributes.partition_of;
                        attributes.inherits;
                      }) {
          return visit(attributes);
        } else {
          return otherwise;
        }
      },
      object.attributes);
}

}  // namespace

ObjectId PartitionParent(const Object& object) {
  return OfTable(object, ObjectId(), [](const auto& table) { return table.partition_of; });
}

const Expression& PartitionBoundOf(const Object& object) {
  static const Expression none;
  return *OfTable(object, &none, [](const auto& table) { return &table.partition_bound; });
}

const std::vector<ObjectId>& InheritanceParents(const Object& object) {
  static const std::vector<ObjectId> none;
  return *OfTable(object, &none, [](const auto& table) { return &table.inherits; });
}

std::vector<ObjectId> ParentsOf(const Object& object) {
  if (const ObjectId parent = PartitionParent(object)) return {parent};
  return InheritanceParents(object);
}

std::unordered_map<ObjectId, std::vector<ObjectId>> ChildrenByParent(const Schema& schema) {
  std::unordered_map<ObjectId, std::vector<ObjectId>> children;
  schema.ForEachOfKinds(HasOwnColumns, [&](ObjectId child, const Object& table) {
    for (const ObjectId parent : ParentsOf(table)) children[parent].push_back(child);
  });
  return children;
}

bool IsTyped(const Object& object) {
  const Table* table = object.If<Table>();
  return table != nullptr && !table->of_type.sql.empty();
}

ObjectId CounterpartOn(ObjectId table, ObjectId member) {
  return member.parent() ? member.WithParent(CounterpartOn(table, member.parent())) : table;
}

const Object* OriginalTrigger(const Schema& schema, ObjectId copy) {
  const Object* original = nullptr;
  for (const Object* table = schema.Find(copy.parent()); table != nullptr;) {
    const ObjectId parent = PartitionParent(*table);
    if (!parent) break;
    if (const Object* found = schema.Find(copy.WithParent(parent)); found && found->As<Trigger>().for_each_row) {
      original = found;
    }
    table = schema.Find(parent);
  }
  return original;
}

ObjectId TopmostColumn(const Schema& schema, ObjectId column) {
  const Object* table = schema.Find(column.parent());
  if (table == nullptr) return column;
  for (const ObjectId parent : ParentsOf(*table)) {
    const ObjectId theirs = TopmostColumn(schema, column.WithParent(parent));
    if (schema.Contains(theirs)) return theirs;
  }
  return column;
}

std::vector<const Object*> ColumnsOf(const Schema& schema, ObjectId table) {
  std::vector<const Object*> columns;
  const auto add = [&](auto& self, ObjectId from) -> void {
    const Object* source = schema.Find(from);
    if (source == nullptr) return;
    for (const ObjectId parent : ParentsOf(*source)) self(self, parent);
    for (const Object* member : schema.Members(from)) {
      if (member->id.kind() == ObjectKind::kColumn) columns.push_back(member);
    }
  };
  add(add, table);
  return columns;
}

void SetPartition(Object& object, ObjectId parent, Expression bound) {
  OfTable(object, 0, [&](auto& table) {
    table.partition_of = parent;
    table.partition_bound = std::move(bound);
    return 0;
  });
}

std::vector<ObjectId>* MutableInheritanceParents(Object& object) {
  return OfTable(object, static_cast<std::vector<ObjectId>*>(nullptr), [](auto& table) { return &table.inherits; });
}

}  // namespace schemadiff
