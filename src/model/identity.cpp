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
        ObjectId::Data& data = shard.storage.emplace_back();
        data.kind = kind;
        data.number = next_number_.fetch_add(1, std::memory_order_relaxed);
        data.parent = parent;
        data.root = parent == nullptr ? nullptr : parent->root == nullptr ? parent : parent->root;
        data.name = name;
        if (!schema.empty() || !arguments.empty()) {
          data.qualification =
              std::make_unique<const ObjectId::Qualification>(std::string(schema), std::string(arguments));
        }
        entry = {hash, &data};
      } else if (entry.hash != hash || entry.data->kind != kind || entry.data->parent != parent ||
                 entry.data->name != name) {
        continue;
      } else if (const ObjectId::Qualification& its = ObjectId(entry.data).qualification();
                 its.schema != schema || its.arguments != arguments) {
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
