// Schema: all objects of one state of a database, by identity.
#pragma once

#include <iterator>
#include <memory>
#include <string>
#include <vector>

#include "model/object.h"

namespace schemadiff {

class Schema {
 public:
  /// The object of that identity, or null.
  Object* Find(ObjectId id);
  const Object* Find(ObjectId id) const;
  bool Contains(ObjectId id) const { return Find(id) != nullptr; }

  /// Adds an object; replaces the one of the same identity.
  Object& Add(Object object);
  /// Removes an object and all its members, however deep. Nothing happens when there is none.
  void Remove(ObjectId id);
  /// Removes an object and leaves its members.
  void RemoveAlone(ObjectId id);
  /// Gives an object another identity; its members, and every edge and reference to any of them, follow.
  void Rename(ObjectId from, ObjectId to);

  std::size_t size() const { return size_; }
  /// Visits as pairs of identity and object, in no particular order.
  auto begin() { return Iterator<Object>(slots_.begin(), slots_.end()); }
  auto begin() const { return Iterator<const Object>(slots_.begin(), slots_.end()); }
  std::default_sentinel_t end() const { return {}; }

  /// Direct members (columns, constraints, comment ...), ordered by kind, position and name.
  std::vector<const Object*> Members(ObjectId parent) const;
  /// Every object, ordered by identity.
  std::vector<const Object*> Sorted() const;

  /// A hash of all identities and attributes, in hex: equal schemas have equal fingerprints.
  std::string Fingerprint() const;

 private:
  /// Gives what is named after what it refers to that one's present name.
  void FollowReferredNames();

  // Found by the identity's number, without hashing: looking objects up is what most of a plan's time goes to.
  struct Slot {
    std::unique_ptr<Object> object;
    std::vector<ObjectId> members;
  };

  template <typename T>
  class Iterator {
   public:
    using Place = std::vector<Slot>::const_iterator;
    using difference_type = std::ptrdiff_t;
    using value_type = std::pair<ObjectId, T&>;

    Iterator() = default;
    Iterator(Place place, Place end) : place_(place), end_(end) { SkipEmpty(); }
    value_type operator*() const { return {place_->object->id, *place_->object}; }
    Iterator& operator++() {
      ++place_;
      SkipEmpty();
      return *this;
    }
    void operator++(int) { ++*this; }
    bool operator==(std::default_sentinel_t) const { return place_ == end_; }

   private:
    void SkipEmpty() {
      while (place_ != end_ && !place_->object) ++place_;
    }
    Place place_;
    Place end_;
  };

  Slot& SlotOf(ObjectId id);
  const Slot* FindSlot(ObjectId id) const { return id && id.number() < slots_.size() ? &slots_[id.number()] : nullptr; }
  std::unique_ptr<Object> Take(ObjectId id);

  std::vector<Slot> slots_;
  std::size_t size_ = 0;
};

}  // namespace schemadiff
