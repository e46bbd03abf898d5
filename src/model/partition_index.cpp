#include "model/partition_index.h"

#include <algorithm>
#include <utility>

#include "model/implicit_names.h"

namespace schemadiff {
namespace {

// An index without what does not matter: its storage, and the direction of its keys.
Index Essence(const Object& object) {
  Index index;
  if (const Key* key = object.If<Key>()) {
    index.unique = true;
    if (key->without_overlaps) index.access_method = "gist";
    for (const std::string& column : key->columns) index.elements.push_back({.column = column});
    index.include = key->include;
    index.nulls_not_distinct = key->nulls_not_distinct;
    return index;
  }
  const Index& all = object.As<Index>();
  index.unique = all.unique;
  index.access_method = all.access_method;
  index.elements = all.elements;
  for (IndexElement& element : index.elements) {
    element.descending = false;
    element.nulls_first = false;
  }
  index.include = all.include;
  index.nulls_not_distinct = all.nulls_not_distinct;
  index.predicate = all.predicate;
  return index;
}

template <typename Kind>
bool SaySame(const Object& part, const Object& whole) {
  const Kind* own = part.If<Kind>();
  const Kind* theirs = whole.If<Kind>();
  if (own == nullptr || theirs == nullptr) return false;
  Kind same = *own;
  same.attached_to = theirs->attached_to;
  return same == *theirs;
}

}  // namespace

ObjectId WholeOf(const Object& part) {
  if (const Key* key = part.If<Key>()) return key->attached_to;
  const Index* index = part.If<Index>();
  return index == nullptr ? ObjectId() : index->attached_to;
}

const Object* PartOn(const Schema& schema, ObjectId table, ObjectId whole) {
  for (const Object* member : schema.Members(table)) {
    if (WholeOf(*member) == whole) return member;
  }
  return nullptr;
}

void SetWhole(Object& part, ObjectId whole) {
  if (Key* key = part.If<Key>()) key->attached_to = whole;
  if (Index* index = part.If<Index>()) index->attached_to = whole;
}

bool CanBePart(const Object& part, const Object& whole) {
  if (!IsIndexOrKey(part) || !IsIndexOrKey(whole)) return false;
  if (const Key* key = whole.If<Key>()) {
    const Key* own = part.If<Key>();
    if (own == nullptr || own->primary != key->primary) return false;
  }
  return Essence(part) == Essence(whole);
}

std::string PartNameOn(const std::string& table, const Object& whole,
                       const std::function<bool(const std::string&)>& is_taken) {
  const Key* key = whole.If<Key>();
  return key != nullptr ? KeyName(table, *key, is_taken) : IndexName(table, whole.As<Index>(), is_taken);
}

bool IsAsMade(const Object& part, const Object& whole) {
  if (!SaySame<Index>(part, whole) && !SaySame<Key>(part, whole)) return false;
  const Index* index = whole.If<Index>();
  const auto is_expression = [](const IndexElement& element) { return element.column.empty(); };
  if (index != nullptr && std::ranges::any_of(index->elements, is_expression)) return false;
  return part.id.name() == PartNameOn(part.id.root().name(), whole);
}

}  // namespace schemadiff
