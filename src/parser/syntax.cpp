#include "parser/syntax.h"

#include <fmt/format.h>
#include <yyjson.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <memory>

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

// The names of members, numbered from 1 by their places in a table: libpg_query knows some thousand, so that it never
// grows, and threads read it while others add to it.
class MemberNames {
 public:
  static MemberNames& Instance() {
    static MemberNames names;
    return names;
  }

  /// 0 when no tree has held it yet.
  std::uint16_t Find(const MemberKey& key) const {
    for (std::size_t i = key.place();; i = (i + 1) % kPlaces) {
      const MemberName* known = places_[i].load(std::memory_order_acquire);
      if (known == nullptr) return 0;
      if (known->key == key) return static_cast<std::uint16_t>(i + 1);
    }
  }

  std::uint16_t Number(const MemberKey& key) {
    for (std::size_t i = key.place(), met = 0; met < kPlaces; i = (i + 1) % kPlaces, ++met) {
      const MemberName* known = places_[i].load(std::memory_order_acquire);
      if (known == nullptr) {
        auto added = std::make_unique<const MemberName>(key);
        if (places_[i].compare_exchange_strong(known, added.get(), std::memory_order_acq_rel)) known = added.release();
      }
      if (known->key == key) return static_cast<std::uint16_t>(i + 1);
    }
    Ensure(false, "libpg_query has fewer names of members than there are places for");
    return 0;
  }

  const MemberName& operator[](std::uint16_t number) const {
    return *places_[number - 1U].load(std::memory_order_acquire);
  }

 private:
  static constexpr std::size_t kPlaces = 1UZ << MemberKey::kPlacesLog2;

  std::array<std::atomic<const MemberName*>, kPlaces> places_{};
};

// Takes room from blocks, each as large as all before it: how much a document needs is known only once it is copied.
template <typename T>
class Room {
 public:
  Room(std::vector<std::unique_ptr<T[]>>& blocks, std::size_t first) : blocks_(blocks), next_size_(first) {}

  T* Take(std::size_t count) {
    if (count > left_) {
      left_ = std::max(count, next_size_);
      next_size_ += left_;
      next_ = blocks_.emplace_back(std::make_unique_for_overwrite<T[]>(left_)).get();
    }
    left_ -= count;
    return std::exchange(next_, next_ + count);
  }

 private:
  std::vector<std::unique_ptr<T[]>>& blocks_;
  std::size_t next_size_;
  std::size_t left_ = 0;
  T* next_ = nullptr;
};

// Copies a JSON document.
struct Packer {
  std::int64_t shift = 0;
  Room<NodeValue> values;
  Room<char> texts;
  std::int64_t too_deep_at = 0;

  // False when it nests too deep for whoever walks it. PostgreSQL reads sums of some 8,000 terms, two levels each, with
  // its max_stack_depth of 2 MB, and prints fewer.
  bool Pack(yyjson_val* from, NodeValue& to, int depth = 0) {
    constexpr int kDeepest = 20'000;
    if (depth > kDeepest) return false;
    to = {};
    if (yyjson_is_bool(from)) {
      to.kind = NodeValue::Kind::kBool;
      to.integer = yyjson_get_bool(from) ? 1 : 0;
    } else if (yyjson_is_int(from)) {
      to.kind = NodeValue::Kind::kInteger;
      to.integer = yyjson_get_sint(from);
    } else if (yyjson_is_str(from)) {
      to.kind = NodeValue::Kind::kText;
      to.size = static_cast<std::uint32_t>(yyjson_get_len(from));
      char* text = texts.Take(to.size);
      std::copy_n(yyjson_get_str(from), to.size, text);
      to.text = text;
    } else if (yyjson_is_ctn(from)) {
      return PackItems(from, to, depth);
    }
    return true;
  }

 private:
  bool PackItems(yyjson_val* from, NodeValue& to, int depth) {
    to.kind = yyjson_is_arr(from) ? NodeValue::Kind::kArray : NodeValue::Kind::kObject;
    to.size = static_cast<std::uint32_t>(Size(from));
    NodeValue* item = values.Take(to.size);
    to.first_item = item;
    bool fits = true;
    ForEachItem(from, [&](yyjson_val* key, yyjson_val* value) {
      fits = fits && Pack(value, *item, depth + 1);
      if (fits && key != nullptr) Name(*item, {yyjson_get_str(key), yyjson_get_len(key)});
      ++item;
    });
    // The outermost node of the expression is named: each on the way out has the last word.
    if (yyjson_val* location = fits ? nullptr : yyjson_obj_get(from, "location")) {
      too_deep_at = yyjson_get_sint(location) + shift;
    }
    return fits;
  }

  // -1 is an unknown location.
  void Name(NodeValue& member, std::string_view name) const {
    MemberNames& names = MemberNames::Instance();
    member.name = names.Number(name);
    const bool is_known = member.kind == NodeValue::Kind::kInteger && member.integer > 0;
    if (is_known && names[member.name].is_location) member.integer += shift;
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

std::string_view Node::Type() const { return Inner() ? NameOf(*value_->first_item) : std::string_view(); }

SyntaxTree::SyntaxTree(std::string_view json, std::int64_t shift) {
  const std::unique_ptr<yyjson_doc, decltype(&yyjson_doc_free)> document(yyjson_read(json.data(), json.size(), 0),
                                                                         yyjson_doc_free);
  if (document == nullptr) return;
  constexpr std::size_t kBytesPerValue = 12;
  constexpr std::size_t kBytesPerCharacter = 6;
  Packer packer{.shift = shift,
                .values = {values_, json.size() / kBytesPerValue},
                .texts = {texts_, json.size() / kBytesPerCharacter}};
  if (packer.Pack(yyjson_doc_get_root(document.get()), *packer.values.Take(1))) return;
  too_deep_at_ = packer.too_deep_at;
  values_.clear();
  texts_.clear();
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
