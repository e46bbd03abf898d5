#include "model/lineage.h"
#include "parser/statements/table_elements.h"

namespace schemadiff {

void AddNotNull(Interpreter& in, const Statement& statement, ObjectId column, NotNull attributes, std::int64_t offset) {
  const ObjectId id = ObjectId::Member(ObjectKind::kNotNull, column, "");
  if (const Object* existing = in.schema().Find(id)) {
    // Of two that say the same, the one with a name counts.
    if (attributes.name.empty() || !existing->As<NotNull>().name.empty()) return;
  }
  Object object{.id = id, .attributes = std::move(attributes)};
  object.source = in.Location(statement, offset);
  in.schema().Add(std::move(object));
}

void AddNotNull(Interpreter& in, const Statement& statement, ObjectId table, const std::vector<std::string>& columns) {
  for (const std::string& name : columns) {
    AddNotNull(in, statement, ObjectId::Member(ObjectKind::kColumn, table, name));
  }
}

ObjectId FindNotNull(Interpreter& in, ObjectId table, std::string_view name) {
  for (auto [id, object] : in.schema().OfKind(ObjectKind::kNotNull)) {
    if (id.root() != table) continue;
    auto& not_null = object.As<NotNull>();
    if (not_null.name.empty() && name == NotNull::ImplicitName(id)) not_null.name = name;  // Here it is given.
    if (not_null.name == name) return id;
  }
  return {};
}

void KeepNotNullNames(Interpreter& in, ObjectId renamed) {
  for (auto [id, object] : in.schema().OfKind(ObjectKind::kNotNull)) {
    if (id.parent() != renamed && id.root() != renamed) continue;
    auto& not_null = object.As<NotNull>();
    if (not_null.name.empty()) not_null.name = NotNull::ImplicitName(id);
  }
}

namespace {

// What a partition has from its parents, or its parents' parents, is theirs.
bool IsInherited(Interpreter& in, ObjectId id) {
  ObjectId table = id.root();
  while (const Object* object = in.schema().Find(table)) {
    table = PartitionParent(*object);
    if (!table) return false;
    const Object* parents = in.schema().Find(id.WithParent(id.parent().WithParent(table)));
    if (parents != nullptr && !parents->As<NotNull>().no_inherit) return true;
  }
  return false;
}

void FinishNotNullOfPartitions(Interpreter& in) {
  std::vector<ObjectId> inherited;
  for (const auto& [id, object] : in.schema().OfKind(ObjectKind::kNotNull)) {
    if (IsInherited(in, id)) inherited.push_back(id);
  }
  for (const ObjectId id : inherited) in.Forget(id);
}

}  // namespace

template <>
void RegisterStatements<NotNull>(StatementRegistry& registry) {
  registry.finishers.push_back(FinishNotNullOfPartitions);
}

}  // namespace schemadiff
