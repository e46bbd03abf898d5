#include "model/identity.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <deque>
#include <mutex>
#include <vector>

#include "support/quote.h"

namespace schemadiff {
namespace {

constexpr auto kLabels = std::to_array<std::string_view>({
#define SCHEMADIFF_KIND(Struct, file, label) label,
#include "model/object_kinds.def"
#undef SCHEMADIFF_KIND
});

}  // namespace

std::string_view Label(ObjectKind kind) { return kLabels[static_cast<std::size_t>(kind)]; }

/// An open hash table beside the identities: one that is not there, or is, costs a look at one place mostly.
class ObjectId::Interned {
 public:
  /// The one with that hash for which `is_it` holds; where there is none, what `make` makes takes its place.
  template <typename Predicate, typename Make>
  const Data* FindOrAdd(std::size_t hash, const Predicate& is_it, const Make& make) {
    if (2 * count_ >= entries_.size()) Grow();
    for (std::size_t i = FirstPlace(hash);; i = After(i)) {
      Entry& entry = entries_[i];
      if (entry.data == nullptr) {
        entry = {hash, make()};
        ++count_;
        return entry.data;
      }
      if (entry.hash == hash && is_it(*entry.data)) return entry.data;
    }
  }

 private:
  struct Entry {
    std::size_t hash = 0;
    const Data* data = nullptr;
  };

  // Their number is a power of two.
  std::size_t FirstPlace(std::size_t hash) const { return hash & (entries_.size() - 1); }
  std::size_t After(std::size_t place) const { return (place + 1) & (entries_.size() - 1); }
  void Grow() {
    constexpr std::size_t kFirstSize = 16;
    std::vector<Entry> old(std::max(kFirstSize, 2 * entries_.size()));
    old.swap(entries_);
    for (const Entry& entry : old) {
      if (entry.data == nullptr) continue;
      std::size_t i = FirstPlace(entry.hash);
      while (entries_[i].data != nullptr) i = After(i);
      entries_[i] = entry;
    }
  }

  std::vector<Entry> entries_;
  std::size_t count_ = 0;
};

/// All identities of the process. They live as long as it does: ids are handed around as bare pointers.
class IdentityPool {
  using Data = ObjectId::Data;

 public:
  static IdentityPool& Instance() {
    static auto* pool = new IdentityPool;
    return *pool;
  }

  ObjectId Intern(ObjectKind kind, const Data* parent, std::string_view schema, std::string_view name,
                  std::string_view arguments) {
    const std::size_t hash = HashOf(kind, parent, schema, name, arguments);
    const Data* root = parent == nullptr || parent->parent == nullptr ? parent : parent->root;
    Shard& shard = shards_[(root == nullptr ? hash >> kShardShift : root->number) % kShards];
    const std::scoped_lock lock(shard.mutex);
    if (root != nullptr && root->members == nullptr) root->members = new ObjectId::Interned;
    ObjectId::Interned& table = root == nullptr ? shard.roots : *root->members;
    const auto is_it = [&](const Data& data) {
      if (data.kind != kind || data.parent != parent || data.name != name) return false;
      const ObjectId::Qualification& its = ObjectId(&data).qualification();
      return its.schema == schema && its.arguments == arguments;
    };
    return ObjectId(table.FindOrAdd(hash, is_it, [&] {
      Data& data = shard.storage.emplace_back();
      data.kind = kind;
      data.number = next_number_.fetch_add(1, std::memory_order_relaxed);
      data.parent = parent;
      if (root != nullptr) data.root = root;
      data.name = name;
      if (!schema.empty() || !arguments.empty()) {
        data.qualification =
            std::make_unique<const ObjectId::Qualification>(std::string(schema), std::string(arguments));
      }
      return &data;
    }));
  }

 private:
  static std::size_t HashOf(ObjectKind kind, const Data* parent, std::string_view schema, std::string_view name,
                            std::string_view arguments) {
    std::size_t hash = std::hash<const void*>()(parent) * 31 + static_cast<std::size_t>(kind);
    for (const std::string_view part : {schema, name, arguments}) {
      hash *= 0x9E3779B97F4A7C15ULL;
      if (!part.empty()) hash ^= std::hash<std::string_view>()(part);
      hash ^= hash >> 29U;
    }
    return hash;
  }

  // Files and catalogs are read at the same time: threads seldom meet in one shard. What belongs to an object is in the
  // same shard and has a table of its own: who reads or makes it has all of it at hand in the processor's cache.
  struct Shard {
    std::mutex mutex;
    std::deque<Data> storage;
    ObjectId::Interned roots;
  };
  static constexpr std::size_t kShards = 32;
  static constexpr unsigned kShardShift = 48;  // Away from the bits that a table goes by.
  std::array<Shard, kShards> shards_;
  std::atomic<std::uint32_t> next_number_ = 0;
};

ObjectId ObjectId::Of(ObjectKind kind, std::string_view schema, std::string_view name, std::string_view arguments) {
  return IdentityPool::Instance().Intern(kind, nullptr, schema, name, arguments);
}

ObjectId ObjectId::Member(ObjectKind kind, ObjectId parent, std::string_view name) {
  return IdentityPool::Instance().Intern(kind, parent.data_, {}, name, {});
}

const ObjectId::Qualification& ObjectId::qualification() const {
  static const Qualification none;
  return data_->qualification == nullptr ? none : *data_->qualification;
}

const std::string& ObjectId::schema() const { return root().qualification().schema; }

const std::string& ObjectId::arguments() const { return qualification().arguments; }

ObjectId ObjectId::WithName(std::string_view name) const {
  return IdentityPool::Instance().Intern(data_->kind, data_->parent, qualification().schema, name, arguments());
}

ObjectId ObjectId::WithParent(ObjectId parent) const {
  return IdentityPool::Instance().Intern(data_->kind, parent.data_, qualification().schema, data_->name, arguments());
}

std::string ObjectId::ToString() const {
  if (data_->parent != nullptr) {
    const std::string parent = ObjectId(data_->parent).ToString();
    return data_->name.empty() ? parent : parent + "." + QuoteIdentifier(data_->name);
  }
  const auto& [schema, arguments] = qualification();
  switch (data_->kind) {
    case ObjectKind::kCast: return "(" + data_->name + " AS " + arguments + ")";
    case ObjectKind::kTransform: return data_->name + " LANGUAGE " + QuoteIdentifier(arguments);
    case ObjectKind::kOperator: return QuoteIdentifier(schema) + "." + data_->name + "(" + arguments + ")";
    case ObjectKind::kOperatorClass:
    case ObjectKind::kOperatorFamily:
      return QuoteQualified(schema, data_->name) + " USING " + QuoteIdentifier(arguments);
    default: break;
  }
  std::string text = QuoteQualified(schema, data_->name);
  if (data_->kind == ObjectKind::kRoutine || !arguments.empty()) text += "(" + arguments + ")";
  return text;
}

int ObjectId::Compare(ObjectId a, ObjectId b) {
  if (a.data_ == b.data_) return 0;
  if (a.data_ == nullptr || b.data_ == nullptr) return a.data_ == nullptr ? -1 : 1;
  if (a.data_->kind != b.data_->kind) return a.data_->kind < b.data_->kind ? -1 : 1;
  if (const int by = Compare(ObjectId(a.data_->parent), ObjectId(b.data_->parent)); by != 0) return by;
  if (const int by = a.qualification().schema.compare(b.qualification().schema); by != 0) return by;
  if (const int by = a.data_->name.compare(b.data_->name); by != 0) return by;
  return a.arguments().compare(b.arguments());
}

}  // namespace schemadiff
