// What tables and foreign tables have in common: columns, and parents from which they have some of them.
#pragma once

#include <unordered_map>
#include <vector>

#include "model/schema.h"

namespace schemadiff {

/// Whether objects of the kind have columns that can be created and altered on their own.
constexpr bool HasOwnColumns(ObjectKind kind) {
  return kind == ObjectKind::kTable || kind == ObjectKind::kForeignTable;
}

/// The partitioned table of which the object is a partition; a null id when it is none.
ObjectId PartitionParent(const Object& object);
/// The bound as a partition; empty when the object is none.
const Expression& PartitionBoundOf(const Object& object);
/// The tables from which the object inherits; none for what cannot.
const std::vector<ObjectId>& InheritanceParents(const Object& object);
/// The partitioned table, or else those.
std::vector<ObjectId> ParentsOf(const Object& object);
/// The tables that inherit from each, which are its partitions or children.
std::unordered_map<ObjectId, std::vector<ObjectId>> ChildrenByParent(const Schema& schema);
/// Whether it is a table of a composite type, which gives it its columns.
bool IsTyped(const Object& object);
/// Whether a table has it from a parent by its name: keys, triggers and foreign keys come from a partitioned table
/// alone, of which there is one, and are held together by dependencies.
constexpr bool GoesByName(ObjectKind kind) {
  using enum ObjectKind;
  return kind == kColumn || kind == kNotNull || kind == kCheck;
}
/// Whether what a table has from a parent gets the name that the parent's gets (src/backend/commands/tablecmds.c,
/// rename_constraint_internal(); trigger.c, renametrig()).
constexpr bool IsNamedAsParents(ObjectKind kind) { return GoesByName(kind) || kind == ObjectKind::kTrigger; }
/// The member of the same name, however deep, of another table.
ObjectId CounterpartOn(ObjectId table, ObjectId member);
/// The trigger of a partitioned table of which one of the same name is the copy on a partition; null when it is none.
const Object* OriginalTrigger(const Schema& schema, ObjectId copy);
/// The column, or that of the topmost parent from which its table has it.
ObjectId TopmostColumn(const Schema& schema, ObjectId column);
/// The object of that one; null when there is none.
inline const Object* FindColumn(const Schema& schema, ObjectId column) {
  return schema.Find(TopmostColumn(schema, column));
}
/// The columns of a table in a schema, after those that it has from its parents.
std::vector<const Object*> ColumnsOf(const Schema& schema, ObjectId table);
/// Makes a table or foreign table a partition, or with a null parent a table of its own.
void SetPartition(Object& object, ObjectId parent, Expression bound);
/// The same vector, to be changed; null for what cannot inherit.
std::vector<ObjectId>* MutableInheritanceParents(Object& object);

}  // namespace schemadiff
