#include "parser/follow_texts.h"

#include <algorithm>

#include "model/lineage.h"
#include "model/relation_of.h"
#include "support/quote.h"

namespace schemadiff {
namespace {

class TextEditor {
 public:
  TextEditor(const Schema& schema, const TextEdit& edit) : relations_(schema), edit_(edit) {}

  void Take(Object& object) {
    ForEachStoredText(object, relations_, [&](Expression& text, const TextPlace& place) {
      if (std::string changed = edit_(relations_, text.sql, place); changed != text.sql) {
        edited_.emplace_back(&text, std::move(changed));
      }
    });
  }

  void Replace() {
    for (auto& [text, changed] : edited_) text->sql = std::move(changed);
  }

 private:
  RelationColumns relations_;
  const TextEdit& edit_;
  std::vector<std::pair<Expression*, std::string>> edited_;
};

}  // namespace

std::unordered_set<ObjectId> WithHeirs(const Schema& schema, ObjectId relation) {
  std::unordered_set<ObjectId> relations{relation};
  if (!HasOwnColumns(relation.kind())) return relations;
  const std::unordered_map<ObjectId, std::vector<ObjectId>> children = ChildrenByParent(schema);
  std::vector<ObjectId> parents{relation};
  while (!parents.empty()) {
    const auto heirs = children.find(parents.back());
    parents.pop_back();
    if (heirs == children.end()) continue;
    for (const ObjectId heir : heirs->second) {
      if (relations.insert(heir).second) parents.push_back(heir);
    }
  }
  return relations;
}

std::unordered_set<ObjectId> WithReturning(const Schema& schema, std::unordered_set<ObjectId> relations) {
  std::unordered_set<std::string> types;
  for (const ObjectId relation : relations) types.insert(QuoteQualified(relation.schema(), relation.name()));
  for (const auto& [id, object] : schema.OfKind(ObjectKind::kRoutine)) {
    if (!types.contains(object.template As<Routine>().returns.sql)) continue;
    // A call names it without its arguments.
    relations.insert(ObjectId::Of(id.kind(), id.schema(), id.name(), "*"));
  }
  return relations;
}

bool IsAbout(const Object& object, const std::unordered_set<ObjectId>& others) {
  const auto refers = [&](const Edge& edge) { return others.contains(edge.target.root()); };
  return others.contains(RelationOf(object)) || std::ranges::any_of(object.edges, refers);
}

void EditTexts(Interpreter& in, const std::function<bool(const Object&)>& is_meant, const TextEdit& edit) {
  TextEditor editor(in.schema(), edit);
  for (auto [id, object] : in.schema()) {
    if (is_meant(object)) editor.Take(object);
  }
  editor.Replace();
}

void EditQueries(Interpreter& in, const std::function<bool(const Object&)>& is_meant, const TextEdit& edit) {
  TextEditor editor(in.schema(), edit);
  for (const ObjectKind kind : kWithQueries) {
    for (auto [id, object] : in.schema().OfKind(kind)) {
      if (is_meant(object)) editor.Take(object);
    }
  }
  editor.Replace();
}

}  // namespace schemadiff
