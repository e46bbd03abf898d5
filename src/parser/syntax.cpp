#include "parser/syntax.h"

#include <fmt/format.h>
#include <yyjson.h>

#include <array>
#include <atomic>
#include <cstring>
#include <memory>

#include "support/check.h"
#include "support/quote.h"

namespace schemadiff {
namespace {

// The names of members, numbered from 1 by their places in a table: libpg_query knows some thousand, so that it never
// grows, and threads read it while others add to it.
class MemberNames {
 public:
  static MemberNames& Instance() {
    static MemberNames names;
    return names;
  }

  /// 0 when no tree has held it yet.
  std::uint16_t Find(std::string_view name) const {
    for (std::size_t i = Place(name);; i = (i + 1) % kPlaces) {
      const std::string* known = places_[i].load(std::memory_order_acquire);
      if (known == nullptr) return 0;
      if (*known == name) return static_cast<std::uint16_t>(i + 1);
    }
  }

  std::uint16_t Number(std::string_view name) {
    for (std::size_t i = Place(name), met = 0; met < kPlaces; i = (i + 1) % kPlaces, ++met) {
      const std::string* known = places_[i].load(std::memory_order_acquire);
      if (known == nullptr) {
        auto added = std::make_unique<const std::string>(name);
        if (places_[i].compare_exchange_strong(known, added.get(), std::memory_order_acq_rel)) known = added.release();
      }
      if (*known == name) return static_cast<std::uint16_t>(i + 1);
    }
    Ensure(false, "libpg_query has fewer names of members than there are places for");
    return 0;
  }

  std::string_view Text(std::uint16_t number) const { return *places_[number - 1U].load(std::memory_order_acquire); }

 private:
  static constexpr unsigned kPlacesLog2 = 13;
  static constexpr std::size_t kPlaces = 1UZ << kPlacesLog2;
  // Its first and last eight bytes tell a name from nearly all others.
  static std::size_t Place(std::string_view name) {
    std::uint64_t first = name.size();
    std::uint64_t last = 0;
    if (name.size() >= sizeof first) {
      std::memcpy(&first, name.data(), sizeof first);
      std::memcpy(&last, name.data() + name.size() - sizeof last, sizeof last);
    } else {
      std::memcpy(&last, name.data(), name.size());
    }
    constexpr std::uint64_t kOdd = 0x9E3779B97F4A7C15ULL;
    return ((first * kOdd) ^ last) * kOdd >> (64U - kPlacesLog2);
  }

  std::array<std::atomic<const std::string*>, kPlaces> places_{};
};

// Copies a JSON document into values and texts that lie side by side.
struct Packer {
  std::int64_t shift = 0;
  std::size_t values = 1;
  std::size_t bytes = 0;
  std::int64_t too_deep_at = 0;
  NodeValue* next_value = nullptr;
  char* next_text = nullptr;

  // False when it nests too deep for whoever walks it. PostgreSQL reads sums of some 8,000 terms, two levels each, with
  // its max_stack_depth of 2 MB, and prints fewer.
  bool Measure(yyjson_val* from, int depth = 0) {
    constexpr int kDeepest = 20'000;
    if (depth > kDeepest) return false;
    bytes += yyjson_is_str(from) ? yyjson_get_len(from) : 0;
    values += Size(from);
    bool fits = true;
    ForEachItem(from, [&](yyjson_val*, yyjson_val* item) { fits = fits && Measure(item, depth + 1); });
    // The outermost node of the expression is named: each on the way out has the last word.
    if (yyjson_val* location = fits ? nullptr : yyjson_obj_get(from, "location")) {
      too_deep_at = yyjson_get_sint(location) + shift;
    }
    return fits;
  }

  void Pack(yyjson_val* from, NodeValue& to) {
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
      to.text = next_text;
      std::memcpy(next_text, yyjson_get_str(from), to.size);
      next_text += to.size;
    } else if (yyjson_is_ctn(from)) {
      to.kind = yyjson_is_arr(from) ? NodeValue::Kind::kArray : NodeValue::Kind::kObject;
      to.size = static_cast<std::uint32_t>(Size(from));
      NodeValue* item = next_value;
      to.first_item = item;
      next_value += to.size;
      ForEachItem(from, [&](yyjson_val* key, yyjson_val* value) {
        Pack(value, *item);
        if (key != nullptr) Name(*item, {yyjson_get_str(key), yyjson_get_len(key)});
        ++item;
      });
    }
  }

 private:
  // -1 is an unknown location.
  void Name(NodeValue& member, std::string_view name) const {
    member.name = MemberNames::Instance().Number(name);
    const bool is_location = member.kind == NodeValue::Kind::kInteger &&
                             (name.ends_with("location") || name.ends_with("list_start") || name.ends_with("list_end"));
    if (is_location && member.integer > 0) member.integer += shift;
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

std::vector<Node> Node::Items() const {
  std::vector<Node> items;
  if (!IsArray()) return items;
  items.reserve(value_->size);
  for (const NodeValue& item : value_->Items()) items.emplace_back(&item);
  return items;
}

Node Node::operator[](std::string_view member) const {
  if (!IsObject()) return {};
  const std::uint16_t number = MemberNames::Instance().Find(member);
  for (const NodeValue& value : value_->Items()) {
    if (value.name == number) return Node(&value);
  }
  return {};
}

std::string_view Node::NameOf(const NodeValue& member) { return MemberNames::Instance().Text(member.name); }

std::string_view Node::Type() const { return Inner() ? NameOf(*value_->first_item) : std::string_view(); }

SyntaxTree::SyntaxTree(std::string_view json, std::int64_t shift) {
  const std::unique_ptr<yyjson_doc, decltype(&yyjson_doc_free)> document(yyjson_read(json.data(), json.size(), 0),
                                                                         yyjson_doc_free);
  if (document == nullptr) return;
  yyjson_val* root = yyjson_doc_get_root(document.get());
  Packer packer{.shift = shift};
  if (!packer.Measure(root)) {
    too_deep_at_ = packer.too_deep_at;
    return;
  }
  values_ = std::make_unique_for_overwrite<NodeValue[]>(packer.values);
  texts_ = std::make_unique_for_overwrite<char[]>(packer.bytes);
  packer.next_value = values_.get() + 1;
  packer.next_text = texts_.get();
  packer.Pack(root, values_[0]);
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
