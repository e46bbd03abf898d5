#include "parser/syntax.h"

#include <fmt/format.h>
#include <yyjson.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <bit>
#include <memory>
#include <utility>

#include "support/check.h"
#include "support/quote.h"

namespace schemadiff {
namespace {

// A name that trees have held.
struct MemberName {
  explicit MemberName(const MemberKey& other)
      : text(other.name()),
        key(text),
        is_location(text.ends_with("location") || text.ends_with("list_start") || text.ends_with("list_end")) {}
  MemberName(const MemberName&) = delete;
  MemberName& operator=(const MemberName&) = delete;

  std::string text;
  MemberKey key;
  bool is_location;
};

// The names of members, numbered by their places in a table, from 1: libpg_query knows some thousand, so that it never
// grows, and threads read it while others add to it.
class MemberNames {
 public:
  static constexpr std::size_t kPlaces = 1UZ << MemberKey::kPlacesLog2;

  static MemberNames& Instance() {
    static MemberNames names;
    return names;
  }

  /// 0 when no tree has held it yet.
  std::uint16_t Find(const MemberKey& key) const {
    for (std::size_t i = key.place();; i = After(i)) {
      const MemberName* known = places_[i].load(std::memory_order_acquire);
      if (known == nullptr) return 0;
      if (known->key == key) return static_cast<std::uint16_t>(i);
    }
  }

  std::uint16_t Number(const MemberKey& key) {
    for (std::size_t i = key.place(), met = 0; met < kPlaces; i = After(i), ++met) {
      const MemberName* known = places_[i].load(std::memory_order_acquire);
      if (known == nullptr) {
        auto added = std::make_unique<const MemberName>(key);
        if (places_[i].compare_exchange_strong(known, added.get(), std::memory_order_acq_rel)) known = added.release();
      }
      if (known->key == key) return static_cast<std::uint16_t>(i);
    }
    Ensure(false, "libpg_query has fewer names of members than there are places for");
    return 0;
  }

  const MemberName& operator[](std::uint16_t number) const { return *places_[number].load(std::memory_order_acquire); }

 private:
  static std::size_t After(std::size_t place) { return std::max<std::size_t>(1, (place + 1) % kPlaces); }

  std::array<std::atomic<const MemberName*>, kPlaces> places_{};
};

// Copies a JSON document. Trees are many and small: each is put together in the same place.
class Packer {
 public:
  explicit Packer(std::int64_t shift) : shift_(shift) {}

  // Null when it nests too deep for whoever walks it. PostgreSQL reads sums of some 8,000 terms, two levels each, with
  // its max_stack_depth of 2 MB, and prints fewer.
  std::unique_ptr<NodeValue[]> Pack(yyjson_doc* document) {
    Room& room = RoomFor(document);
    next_ = room.values.get();
    if (!PackValue(yyjson_doc_get_root(document), *next_++, {}, 0)) return nullptr;
    const std::span used(room.values.get(), next_);
    auto values = std::make_unique_for_overwrite<NodeValue[]>(used.size());
    std::ranges::copy(used, values.get());
    constexpr std::size_t kKept = 1UZ << 20U;
    if (room.size > kKept) room = {};
    return values;
  }
  std::int64_t too_deep_at() const { return too_deep_at_; }

 private:
  using Kind = NodeValue::Kind;
  struct Room {
    std::unique_ptr<NodeValue[]> values;
    std::size_t size = 0;
  };

  // For each value and what stands before it, if it is large, or in place of a long integer; and for the texts.
  static Room& RoomFor(yyjson_doc* document) {
    thread_local Room room;
    const std::size_t size =
        2 * yyjson_doc_get_val_count(document) + yyjson_doc_get_read_size(document) / sizeof(NodeValue) + 1;
    Ensure(std::in_range<std::int32_t>(size), "a statement has fewer than a thousand million nodes");
    if (size > room.size) room = {std::make_unique_for_overwrite<NodeValue[]>(size), size};
    return room;
  }

  bool PackValue(yyjson_val* from, NodeValue& to, std::string_view name, int depth) {
    constexpr int kDeepest = 20'000;
    if (depth > kDeepest) return false;
    const std::uint16_t number = name.empty() ? 0 : MemberNames::Instance().Number(name);
    to = NodeValue{};
    to.name = number & (MemberNames::kPlaces - 1);
    if (yyjson_is_bool(from)) {
      to.kind = Kind::kBool;
      to.value = yyjson_get_bool(from) ? 1 : 0;
    } else if (yyjson_is_int(from)) {
      PackInteger(Shifted(yyjson_get_sint(from), number), to);
    } else if (yyjson_is_str(from)) {
      const std::size_t size = yyjson_get_len(from);
      NodeValue* held = Hold(to, Kind::kText, size, (size + sizeof(NodeValue) - 1) / sizeof(NodeValue));
      std::copy_n(yyjson_get_str(from), size, reinterpret_cast<char*>(held));
    } else if (yyjson_is_ctn(from)) {
      return PackItems(from, to, depth);
    }
    return true;
  }

  void PackInteger(std::int64_t integer, NodeValue& to) {
    if (std::in_range<std::int32_t>(integer)) {
      to.kind = Kind::kInteger;
      to.value = static_cast<std::int32_t>(integer);
    } else {
      *Hold(to, Kind::kLong, 1, 1) = std::bit_cast<NodeValue>(integer);
    }
  }

  bool PackItems(yyjson_val* from, NodeValue& to, int depth) {
    const std::size_t count = Size(from);
    NodeValue* item = Hold(to, yyjson_is_arr(from) ? Kind::kArray : Kind::kObject, count, count);
    bool fits = true;
    ForEachItem(from, [&](yyjson_val* key, yyjson_val* value) {
      const std::string_view name = key == nullptr ? "" : std::string_view(yyjson_get_str(key), yyjson_get_len(key));
      fits = fits && PackValue(value, *item++, name, depth + 1);
    });
    // The outermost node of the expression is named: each on the way out has the last word.
    if (yyjson_val* location = fits ? nullptr : yyjson_obj_get(from, "location")) {
      too_deep_at_ = yyjson_get_sint(location) + shift_;
    }
    return fits;
  }

  // -1 is an unknown location.
  std::int64_t Shifted(std::int64_t integer, std::uint16_t name) const {
    return integer > 0 && name != 0 && MemberNames::Instance()[name].is_location ? integer + shift_ : integer;
  }

  // Room for what a value holds: of that size, in so many values' places.
  NodeValue* Hold(NodeValue& value, Kind kind, std::size_t size, std::size_t places) {
    if (size >= NodeValue::kMany) *next_++ = std::bit_cast<NodeValue>(std::uint64_t{size});
    value.kind = kind;
    value.size = static_cast<std::uint16_t>(std::min<std::size_t>(size, NodeValue::kMany));
    value.value = static_cast<std::int32_t>(next_ - &value);
    return std::exchange(next_, next_ + places);
  }

  static std::size_t Size(yyjson_val* value) {
    return yyjson_is_arr(value) ? yyjson_arr_size(value) : yyjson_obj_size(value);
  }
  template <typename Visitor>
  static void ForEachItem(yyjson_val* container, const Visitor& visit) {
    std::size_t index = 0;
    std::size_t count = 0;
    yyjson_val* key = nullptr;
    yyjson_val* item = nullptr;
    if (yyjson_is_arr(container)) {
      yyjson_arr_foreach(container, index, count, item) { visit(nullptr, item); }
    } else if (yyjson_is_obj(container)) {
      yyjson_obj_foreach(container, index, count, key, item) { visit(key, item); }
    }
  }

  std::int64_t shift_;
  NodeValue* next_ = nullptr;
  std::int64_t too_deep_at_ = 0;
};

}  // namespace

Node Node::operator[](const MemberKey& member) const {
  if (!IsObject()) return {};
  const std::uint16_t number = MemberNames::Instance().Find(member);
  for (const NodeValue& value : value_->Items()) {
    if (value.name == number) return Node(&value);
  }
  return {};
}

std::string_view Node::NameOf(const NodeValue& member) { return MemberNames::Instance()[member.name].text; }

std::string_view Node::Type() const { return Inner() ? NameOf(*value_->Held()) : std::string_view(); }

SyntaxTree::SyntaxTree(std::string_view json, std::int64_t shift) {
  const std::unique_ptr<yyjson_doc, decltype(&yyjson_doc_free)> document(yyjson_read(json.data(), json.size(), 0),
                                                                         yyjson_doc_free);
  if (document == nullptr) return;
  Packer packer(shift);
  values_ = packer.Pack(document.get());
  if (values_ == nullptr) too_deep_at_ = packer.too_deep_at();
}

std::vector<std::string> Strings(Node list) {
  if (list.As("List")) list = list["List"]["items"];
  std::vector<std::string> strings;
  for (const Node item : list.Items()) strings.emplace_back(item["String"].Text("sval"));
  return strings;
}

std::string_view StatementType(Node wrapped) {
  const Node definition = wrapped["DefineStmt"];
  return definition ? definition.Text("kind") : wrapped.Type();
}

std::string OptionText(Node argument) {
  if (!argument) return "true";
  if (argument.As("A_Const")) {
    const Node constant = argument["A_Const"];
    if (constant["ival"]) return fmt::format("{}", constant["ival"].Int("ival"));
    if (constant["fval"]) return std::string(constant["fval"].Text("fval"));
    if (constant["boolval"]) return constant["boolval"].Bool("boolval") ? "true" : "false";
    return std::string(constant["sval"].Text("sval"));
  }
  if (argument.As("Integer")) return fmt::format("{}", argument["Integer"].Int("ival"));
  if (argument.As("Float")) return std::string(argument["Float"].Text("fval"));
  if (argument.As("Boolean")) return argument["Boolean"].Bool("boolval") ? "true" : "false";
  if (argument.As("String")) return std::string(argument["String"].Text("sval"));
  if (argument.As("TypeName")) return Join(Strings(argument["TypeName"]["names"]), ".");
  if (argument.As("List")) return Join(Strings(argument), ".");
  return {};
}

}  // namespace schemadiff
