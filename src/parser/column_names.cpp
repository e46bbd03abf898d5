#include "parser/column_names.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "support/suggest.h"

namespace schemadiff {
namespace {

// Manual: "System Columns".
constexpr auto kSystemColumns = std::to_array<std::string_view>({"tableoid", "xmin", "cmin", "xmax", "cmax", "ctid"});

bool MayHaveColumn(const Schema& schema, ObjectId column) {
  if (schema.Contains(column)) return true;
  const Object* object = schema.Find(column.parent());
  const Table* table = object == nullptr ? nullptr : object->If<Table>();
  if (table == nullptr || !table->of_type.sql.empty()) return true;
  const auto has = [&](ObjectId parent) {
    return MayHaveColumn(schema, ObjectId::Member(ObjectKind::kColumn, parent, column.name()));
  };
  return (table->partition_of && has(table->partition_of)) || std::ranges::any_of(table->inherits, has);
}

// `CHECK (t IS NOT NULL)` names the row of table t, and `t.f` may be the function call f(t) (manual: "Using Composite
// Types in Queries").
bool MayBeNoColumn(const Schema& schema, ObjectId column) {
  return column.name() == column.parent().name() || std::ranges::contains(kSystemColumns, column.name()) ||
         std::ranges::any_of(schema, [&](const auto& item) {
           return item.first.kind() == ObjectKind::kRoutine && item.first.name() == column.name();
         });
}

std::string Hint(const Schema& schema, ObjectId column) {
  std::vector<std::string_view> names;
  for (const Object* member : schema.Members(column.parent())) {
    if (member->id.kind() == ObjectKind::kColumn) names.push_back(member->id.name());
  }
  const std::string near = DidYouMean(column.name(), names);
  return near.empty() ? "declare the column, or correct the name" : near;
}

// The columns that an object names for certain; in policies and triggers other tables' columns stand as well.
std::vector<ObjectId> NamedColumns(const Object& object) {
  std::vector<ObjectId> out;
  if (const Trigger* trigger = object.If<Trigger>()) {
    for (const std::string& name : trigger->update_columns) {
      out.push_back(ObjectId::Member(ObjectKind::kColumn, object.id.parent(), name));
    }
  }
  const ObjectKind kind = object.id.kind();
  using enum ObjectKind;
  if (kind == kNotNull) out.push_back(object.id.parent());
  if (kind != kKey && kind != kForeignKey && kind != kExclusion && kind != kCheck && kind != kIndex &&
      kind != kStatistics) {
    return out;
  }
  for (const Edge& edge : object.edges) {
    if (edge.target.kind() == kColumn) out.push_back(edge.target);
  }
  return out;
}

}  // namespace

Diagnostics CheckColumnNames(const Schema& schema) {
  Diagnostics errors;
  for (const auto& [id, object] : schema) {
    std::vector<ObjectId> reported;
    for (const ObjectId column : NamedColumns(object)) {
      if (MayHaveColumn(schema, column) || MayBeNoColumn(schema, column)) continue;
      if (std::ranges::contains(reported, column)) continue;
      reported.push_back(column);
      errors.Add({.code = ErrorCode::kBadInput,
                  .location = object.source,
                  .message = fmt::format("{} `{}` names column `{}`, which `{}` does not have", Label(id.kind()),
                                         id.name(), column.name(), column.parent().ToString()),
                  .hint = Hint(schema, column)});
    }
  }
  return errors;
}

}  // namespace schemadiff
