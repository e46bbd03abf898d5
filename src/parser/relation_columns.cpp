#include <algorithm>

#include "model/lineage.h"
#include "parser/query_scopes.h"
#include "support/quote.h"

namespace schemadiff {

const SeenColumns& RelationColumns::Of(ObjectId relation) {
  const auto [place, is_new] = known_.try_emplace(relation, SeenColumns{.list = {}, .complete = false});
  if (!is_new) return place->second;
  SeenColumns columns = Make(relation);
  return known_[relation] = std::move(columns);
}

SeenColumns RelationColumns::Make(ObjectId relation) {
  SeenColumns columns;
  const Object* object = schema_.Find(relation);
  if (object == nullptr) return {.list = {}, .complete = false};
  const auto of_query = [&](const auto& view) {
    QueryWalk walk(*this, view.query.sql, {});
    walk.Run();
    columns = walk.outputs();
    for (std::size_t i = 0; i < std::min(view.column_names.size(), columns.list.size()); ++i) {
      columns.list[i].name = view.column_names[i];
    }
  };
  if (const auto* view = object->If<View>()) of_query(*view);
  if (const auto* view = object->If<MaterializedView>()) of_query(*view);
  if (const auto* type = object->If<CompositeType>()) {
    for (const CompositeAttribute& attribute : type->attributes) {
      columns.list.push_back({.name = attribute.name, .qualifier = {}, .type = attribute.type.sql});
    }
  }
  if (HasOwnColumns(relation.kind())) {
    columns.complete = !IsTyped(*object);
    for (const Object* column : ColumnsOf(schema_, relation)) {
      const std::string& name = column->id.name();
      if (columns.Find(name) != nullptr) continue;
      columns.list.push_back({.name = name, .qualifier = {}, .type = column->As<Column>().type.sql});
    }
  }
  return columns;
}

ObjectId RelationColumns::Named(std::string_view schema, std::string_view name) const {
  for (const ObjectKind kind :
       {ObjectKind::kTable, ObjectKind::kView, ObjectKind::kMaterializedView, ObjectKind::kForeignTable}) {
    const ObjectId id = ObjectId::Of(kind, schema, name);
    if (schema_.Contains(id)) return id;
  }
  return {};
}

ObjectId RelationColumns::RowsOf(const std::string& type) const {
  const auto [schema, name] = SplitQualified(type);
  if (const ObjectId relation = Named(schema, name)) return relation;
  const ObjectId composite = ObjectId::Of(ObjectKind::kCompositeType, schema, name);
  return schema_.Contains(composite) ? composite : ObjectId();
}

std::vector<const Object*> RelationColumns::Routines(std::string_view schema, std::string_view name) {
  if (routines_.empty()) {
    for (const auto& [id, object] : schema_.OfKind(ObjectKind::kRoutine)) {
      routines_[QuoteQualified(id.schema(), id.name())].push_back(&object);
    }
  }
  const auto found = routines_.find(QuoteQualified(schema, name));
  return found == routines_.end() ? std::vector<const Object*>() : found->second;
}

FromItem RelationColumns::ItemOf(ObjectId relation) {
  FromItem item{.name = relation.name(), .relation = relation, .columns = Of(relation)};
  for (SeenColumn& column : item.columns.list) {
    column.qualifier = item.name;
    column.relation = relation;
    column.own_name = column.name;
  }
  return item;
}

}  // namespace schemadiff
