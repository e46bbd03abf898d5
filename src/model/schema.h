// Schema: all objects of one state of a database, by identity.
#pragma once

#include <string>
#include <unordered_map>
#include <vector>

#include "model/object.h"

namespace schemadiff {

class Schema {
 public:
  /// The object of that identity, or null.
  Object* Find(ObjectId id);
  const Object* Find(ObjectId id) const;
  bool Contains(ObjectId id) const { return objects_.contains(id); }

  /// Adds an object; replaces the one of the same identity.
  Object& Add(Object object);
  /// Removes an object and all its members, however deep. Nothing happens when there is none.
  void Remove(ObjectId id);
  /// Removes an object and leaves its members.
  void RemoveAlone(ObjectId id);
  /// Gives an object another identity; its members, and every edge and reference to any of them, follow.
  void Rename(ObjectId from, ObjectId to);

  std::size_t size() const { return objects_.size(); }
  /// Visits in no particular order.
  auto begin() { return objects_.begin(); }
  auto end() { return objects_.end(); }
  auto begin() const { return objects_.begin(); }
  auto end() const { return objects_.end(); }

  /// Direct members (columns, constraints, comment ...), ordered by kind, position and name.
  std::vector<const Object*> Members(ObjectId parent) const;
  /// Every object, ordered by identity.
  std::vector<const Object*> Sorted() const;

  /// A hash of all identities and attributes, in hex: equal schemas have equal fingerprints.
  std::string Fingerprint() const;

 private:
  std::unordered_map<ObjectId, Object> objects_;
  std::unordered_map<ObjectId, std::vector<ObjectId>> members_;
};

}  // namespace schemadiff
