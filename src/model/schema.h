// Schema: all objects of one state of a database, by identity.
#pragma once

#include <algorithm>
#include <array>
#include <iterator>
#include <memory>
#include <string>
#include <vector>

#include "model/object.h"
#include "support/parallel.h"

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
  void Rename(ObjectId from, ObjectId to) { Rename(std::vector{std::pair{from, to}}); }
  /// The same for several objects, of which none is within another.
  void Rename(const std::vector<std::pair<ObjectId, ObjectId>>& renames);

  std::size_t size() const { return size_; }
  /// Visits as pairs of identity and object, in no particular order.
  auto begin() { return Iterator<Object>(pages_); }
  auto begin() const { return Iterator<const Object>(pages_); }
  std::default_sentinel_t end() const { return {}; }

  /// The same for the objects of one kind, which is all that this costs. Others may be added meanwhile.
  auto OfKind(ObjectKind kind) { return KindRange<Object>(&kinds_[static_cast<std::size_t>(kind)]); }
  auto OfKind(ObjectKind kind) const { return KindRange<const Object>(&kinds_[static_cast<std::size_t>(kind)]); }
  /// Calls visit(id, object) for those of all kinds that is_meant(kind) names.
  template <typename Visitor>
  void ForEachOfKinds(bool (*is_meant)(ObjectKind), Visitor&& visit) const {
    for (std::size_t kind = 0; kind < kObjectKinds; ++kind) {
      if (!is_meant(static_cast<ObjectKind>(kind))) continue;
      for (const auto& [id, object] : OfKind(static_cast<ObjectKind>(kind))) visit(id, object);
    }
  }

  /// Every object, in no particular order.
  std::vector<const Object*> All() const;
  /// Those for which holds(object), which several threads ask at once; in the order of All().
  template <typename Predicate>
  std::vector<const Object*> Where(const Predicate& holds) const {
    constexpr std::size_t kPart = 2048;
    const std::vector<const Object*> all = All();
    std::vector<std::vector<const Object*>> parts((all.size() + kPart - 1) / kPart);
    ForEachPart(all.size(), kPart, [&](std::size_t begin, std::size_t end) {
      std::copy_if(all.begin() + static_cast<std::ptrdiff_t>(begin), all.begin() + static_cast<std::ptrdiff_t>(end),
                   std::back_inserter(parts[begin / kPart]), [&](const Object* object) { return holds(*object); });
    });
    std::vector<const Object*> found;
    for (const auto& part : parts) found.insert(found.end(), part.begin(), part.end());
    return found;
  }

  /// Direct members (columns, constraints, comment ...), ordered by kind, position and name.
  std::vector<const Object*> Members(ObjectId parent) const;
  /// Every object, ordered by identity.
  std::vector<const Object*> Sorted() const;

  /// A hash of all identities and attributes, in hex: equal schemas have equal fingerprints.
  std::string Fingerprint() const;

 private:
  /// Gives what is named after what it refers to that one's present name.
  void FollowReferredNames();

  // Found by the identity's number, without hashing: looking objects up is what most of a plan's time goes to. In
  // pages, so that a schema of a few objects is small however many identities there are.
  struct Slot {
    std::unique_ptr<Object> object;
    std::vector<ObjectId> members;
    std::size_t place = 0;  ///< Of the object among those of its kind.
  };
  static constexpr std::size_t kPageSlots = 256;
  using Page = std::array<Slot, kPageSlots>;
  using Pages = std::vector<std::unique_ptr<Page>>;

  template <typename T>
  class Iterator {
   public:
    using difference_type = std::ptrdiff_t;
    using value_type = std::pair<ObjectId, T&>;

    Iterator() = default;
    explicit Iterator(const Pages& pages) : pages_(&pages) { Settle(); }
    value_type operator*() const { return {object_->id, *object_}; }
    Iterator& operator++() {
      ++number_;
      Settle();
      return *this;
    }
    void operator++(int) { ++*this; }
    bool operator==(std::default_sentinel_t) const { return object_ == nullptr; }

   private:
    // On the first object from number_ on; null when there is none.
    void Settle() {
      for (object_ = nullptr; number_ < pages_->size() * kPageSlots; ++number_) {
        const Page* page = (*pages_)[number_ / kPageSlots].get();
        if (page == nullptr) {
          number_ += kPageSlots - 1;
        } else if (object_ = (*page)[number_ % kPageSlots].object.get(); object_ != nullptr) {
          return;
        }
      }
    }
    const Pages* pages_ = nullptr;
    std::size_t number_ = 0;
    T* object_ = nullptr;
  };

  using KindObjects = std::vector<Object*>;
  template <typename T>
  class KindRange {
   public:
    explicit KindRange(const KindObjects* objects) : objects_(objects) {}
    class Iterator {
     public:
      using difference_type = std::ptrdiff_t;
      using value_type = std::pair<ObjectId, T&>;

      Iterator() = default;
      explicit Iterator(const KindObjects* objects) : objects_(objects) {}
      value_type operator*() const { return {(*objects_)[index_]->id, *(*objects_)[index_]}; }
      Iterator& operator++() {
        ++index_;
        return *this;
      }
      void operator++(int) { ++index_; }
      bool operator==(std::default_sentinel_t) const { return index_ >= objects_->size(); }

     private:
      const KindObjects* objects_ = nullptr;
      std::size_t index_ = 0;
    };
    Iterator begin() const { return Iterator(objects_); }
    std::default_sentinel_t end() const { return {}; }
    bool empty() const { return objects_->empty(); }

   private:
    const KindObjects* objects_;
  };

  Slot& SlotOf(ObjectId id);
  const Slot* FindSlot(ObjectId id) const {
    const std::size_t page = id ? id.number() / kPageSlots : pages_.size();
    return page < pages_.size() && pages_[page] ? &(*pages_[page])[id.number() % kPageSlots] : nullptr;
  }
  std::unique_ptr<Object> Take(ObjectId id);

  Pages pages_;
  std::array<KindObjects, kObjectKinds> kinds_;
  std::size_t size_ = 0;
};

}  // namespace schemadiff
