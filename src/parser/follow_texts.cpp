#include "parser/follow_texts.h"

#include <algorithm>

#include "model/lineage.h"
#include "model/relation_of.h"

namespace schemadiff {
std::unordered_set<ObjectId> WithHeirs(const Schema& schema, ObjectId relation) {
  std::unordered_set<ObjectId> relations{relation};
  if (!HasOwnColumns(relation.kind())) return relations;
  for (std::size_t before = 0; before != relations.size();) {
    before = relations.size();
    schema.ForEachOfKinds(HasOwnColumns, [&](ObjectId id, const Object& object) {
      const auto is_parent = [&](ObjectId parent) { return relations.contains(parent); };
      if (std::ranges::any_of(ParentsOf(object), is_parent)) relations.insert(id);
    });
  }
  return relations;
}

bool IsAbout(const Object& object, const std::unordered_set<ObjectId>& others) {
  const auto refers = [&](const Edge& edge) { return others.contains(edge.target.root()); };
  return others.contains(RelationOf(object)) || std::ranges::any_of(object.edges, refers);
}

void EditTexts(Interpreter& in, const std::function<bool(const Object&)>& is_meant, const TextEdit& edit) {
  RelationColumns relations(in.schema());
  std::vector<std::pair<Expression*, std::string>> edited;
  for (auto [id, object] : in.schema()) {
    if (!is_meant(object)) continue;
    ForEachStoredText(object, relations, [&](Expression& text, const TextPlace& place) {
      if (std::string changed = edit(relations, text.sql, place); changed != text.sql) {
        edited.emplace_back(&text, std::move(changed));
      }
    });
  }
  for (auto& [text, changed] : edited) text->sql = std::move(changed);
}

}  // namespace schemadiff
