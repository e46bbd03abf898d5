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

/// All identities of the process. They live as long as it does: ids are handed around as bare pointers.
class IdentityPool {
 public:
  static IdentityPool& Instance() {
    static auto* pool = new IdentityPool;
    return *pool;
  }

  ObjectId Intern(ObjectKind kind, const ObjectId::Data* parent, std::string_view schema, std::string_view name,
                  std::string_view arguments) {
    const std::size_t hash = HashOf(kind, parent, schema, name, arguments);
    Shard& shard = shards_[hash % kShards];
    const std::scoped_lock lock(shard.mutex);
    if (2 * shard.storage.size() >= shard.entries.size()) shard.Grow();
    for (std::size_t i = shard.FirstPlace(hash);; i = shard.After(i)) {
      Entry& entry = shard.entries[i];
      if (entry.data == nullptr) {
        shard.storage.push_back({.kind = kind,
                                 .parent = parent,
                                 .root = parent == nullptr         ? nullptr
                                         : parent->root == nullptr ? parent
                                                                   : parent->root,
                                 .schema = std::string(schema),
                                 .name = std::string(name),
                                 .arguments = std::string(arguments),
                                 .number = next_number_.fetch_add(1, std::memory_order_relaxed)});
        entry = {hash, &shard.storage.back()};
      } else if (entry.hash != hash || entry.data->kind != kind || entry.data->parent != parent ||
                 entry.data->name != name || entry.data->schema != schema || entry.data->arguments != arguments) {
        continue;
      }
      return ObjectId(entry.data);
    }
  }

 private:
  static std::size_t HashOf(ObjectKind kind, const ObjectId::Data* parent, std::string_view schema,
                            std::string_view name, std::string_view arguments) {
    std::size_t hash = std::hash<const void*>()(parent) * 31 + static_cast<std::size_t>(kind);
    for (const std::string_view part : {schema, name, arguments}) {
      hash *= 0x9E3779B97F4A7C15ULL;
      if (!part.empty()) hash ^= std::hash<std::string_view>()(part);
      hash ^= hash >> 29U;
    }
    return hash;
  }

  struct Entry {
    std::size_t hash = 0;
    const ObjectId::Data* data = nullptr;
  };
  // Files and catalogs are read at the same time: threads seldom meet in one shard. An open table beside the hashes:
  // one that is not there, or is, costs a look at one place mostly.
  struct Shard {
    std::mutex mutex;
    std::deque<ObjectId::Data> storage;
    std::vector<Entry> entries;

    // Their number is a power of two.
    std::size_t FirstPlace(std::size_t hash) const { return (hash / kShards) & (entries.size() - 1); }
    std::size_t After(std::size_t place) const { return (place + 1) & (entries.size() - 1); }
    void Grow() {
      std::vector<Entry> old(std::max<std::size_t>(64, 2 * entries.size()));
      old.swap(entries);
      for (const Entry& entry : old) {
        if (entry.data == nullptr) continue;
        std::size_t i = FirstPlace(entry.hash);
        while (entries[i].data != nullptr) i = After(i);
        entries[i] = entry;
      }
    }
  };
  static constexpr std::size_t kShards = 32;
  std::array<Shard, kShards> shards_;
  std::atomic<std::uint32_t> next_number_ = 0;
};

ObjectId ObjectId::Of(ObjectKind kind, std::string_view schema, std::string_view name, std::string_view arguments) {
  return IdentityPool::Instance().Intern(kind, nullptr, schema, name, arguments);
}

ObjectId ObjectId::Member(ObjectKind kind, ObjectId parent, std::string_view name) {
  return IdentityPool::Instance().Intern(kind, parent.data_, {}, name, {});
}

ObjectId ObjectId::root() const { return data_->root == nullptr ? *this : ObjectId(data_->root); }

const std::string& ObjectId::schema() const { return root().data_->schema; }

ObjectId ObjectId::WithName(std::string_view name) const {
  return IdentityPool::Instance().Intern(data_->kind, data_->parent, data_->schema, name, data_->arguments);
}

ObjectId ObjectId::WithParent(ObjectId parent) const {
  return IdentityPool::Instance().Intern(data_->kind, parent.data_, data_->schema, data_->name, data_->arguments);
}

std::string ObjectId::ToString() const {
  if (data_->parent != nullptr) {
    const std::string parent = ObjectId(data_->parent).ToString();
    return data_->name.empty() ? parent : parent + "." + QuoteIdentifier(data_->name);
  }
  switch (data_->kind) {
    case ObjectKind::kCast: return "(" + data_->name + " AS " + data_->arguments + ")";
    case ObjectKind::kTransform: return data_->name + " LANGUAGE " + QuoteIdentifier(data_->arguments);
    case ObjectKind::kOperator:
      return QuoteIdentifier(data_->schema) + "." + data_->name + "(" + data_->arguments + ")";
    case ObjectKind::kOperatorClass:
    case ObjectKind::kOperatorFamily:
      return QuoteQualified(data_->schema, data_->name) + " USING " + QuoteIdentifier(data_->arguments);
    default: break;
  }
  std::string text = QuoteQualified(data_->schema, data_->name);
  if (data_->kind == ObjectKind::kRoutine || !data_->arguments.empty()) text += "(" + data_->arguments + ")";
  return text;
}

int ObjectId::Compare(ObjectId a, ObjectId b) {
  if (a.data_ == b.data_) return 0;
  if (a.data_ == nullptr || b.data_ == nullptr) return a.data_ == nullptr ? -1 : 1;
  if (a.data_->kind != b.data_->kind) return a.data_->kind < b.data_->kind ? -1 : 1;
  if (const int by = Compare(ObjectId(a.data_->parent), ObjectId(b.data_->parent)); by != 0) return by;
  if (const int by = a.data_->schema.compare(b.data_->schema); by != 0) return by;
  if (const int by = a.data_->name.compare(b.data_->name); by != 0) return by;
  return a.data_->arguments.compare(b.data_->arguments);
}

}  // namespace schemadiff
