// Node: a view of one node of the syntax tree that libpg_query gives as JSON. Cheap to copy; valid while the tree is.
#pragma once

#include <algorithm>
#include <bit>
#include <cstdint>
#include <memory>
#include <optional>
#include <ranges>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace schemadiff {

/// What a node holds: eight bytes, the name of a member among them, since a plan for ten thousand tables keeps five
/// million of them. What does not fit stands further on in the same tree, at a distance from here: a value can't be
/// copied alone.
struct NodeValue {
  enum class Kind : std::uint8_t { kNone, kBool, kInteger, kLong, kText, kArray, kObject };
  static constexpr unsigned kNameBits = 13;
  static constexpr std::uint16_t kMany = 0xFFFF;  ///< As many or more: the number stands before them.

  // Without initializers: room for many is taken without being written.
  std::int32_t value;              ///< Of kBool and kInteger. Of others the distance, in values, to what they hold.
  std::uint16_t size;              ///< Bytes of the text, or the number of items.
  std::uint16_t name : kNameBits;  ///< As a member of an object: the name's number.
  Kind kind : 3;

  const NodeValue* Held() const { return this + value; }
  std::int64_t Long() const { return std::bit_cast<std::int64_t>(*Held()); }
  std::size_t Size() const { return size < kMany ? size : std::bit_cast<std::uint64_t>(Held()[-1]); }
  std::string_view Text() const { return {reinterpret_cast<const char*>(Held()), Size()}; }
  std::span<const NodeValue> Items() const {
    return kind == Kind::kArray || kind == Kind::kObject ? std::span(Held(), Size()) : std::span<const NodeValue>();
  }
};
static_assert(sizeof(NodeValue) == sizeof(std::int64_t) && std::is_trivially_default_constructible_v<NodeValue>);

/// What a member is looked up by: its name, with what tells it from others at hand. Of a literal all of it is made by
/// the compiler.
class MemberKey {
 public:
  static constexpr unsigned kPlacesLog2 = NodeValue::kNameBits;  ///< Of the table of names.

  template <std::size_t N>
  consteval MemberKey(const char (&literal)[N]) : MemberKey(std::string_view(literal, N - 1)) {}
  constexpr MemberKey(std::string_view name) : name_(name) {
    const bool is_short = name.size() < sizeof first_;
    if (!is_short) first_ = Word(name.substr(0, sizeof first_));
    last_ = Word(name.substr(is_short ? 0 : name.size() - sizeof last_));
    constexpr std::uint64_t kOdd = 0x9E3779B97F4A7C15ULL;
    const std::uint64_t hash = (((first_ + name.size()) * kOdd) ^ last_) * kOdd;
    place_ = std::max<std::uint16_t>(1, static_cast<std::uint16_t>(hash >> (64U - kPlacesLog2)));
  }

  std::string_view name() const { return name_; }
  std::size_t place() const { return place_; }  ///< Where in the table it is looked for first.
  bool operator==(const MemberKey& other) const {
    return first_ == other.first_ && last_ == other.last_ && name_.size() == other.name_.size() &&
           (name_.size() <= sizeof first_ + sizeof last_ || name_ == other.name_);
  }

 private:
  // Up to eight bytes as a number.
  static constexpr std::uint64_t Word(std::string_view bytes) {
    std::uint64_t word = 0;
    if consteval {
      for (std::size_t i = 0; i < bytes.size(); ++i) {
        const std::size_t shift = std::endian::native == std::endian::little ? i : sizeof word - 1 - i;
        word |= std::uint64_t{static_cast<unsigned char>(bytes[i])} << (8 * shift);
      }
    } else {
      std::copy_n(bytes.data(), bytes.size(), reinterpret_cast<char*>(&word));
    }
    return word;
  }

  std::string_view name_;
  std::uint64_t first_ = 0;  ///< Its first eight bytes, and its last: up to sixteen, they are all of it.
  std::uint64_t last_ = 0;
  std::uint16_t place_ = 0;
};

class NodeList;

class Node {
 public:
  Node() = default;
  explicit Node(const NodeValue* value) : value_(value) {}

  explicit operator bool() const { return value_ != nullptr; }

  /// The member of that name; a null node when there is none. libpg_query leaves out false, zero and empty members.
  Node operator[](const MemberKey& member) const;
  std::string_view Text(const MemberKey& member) const { return (*this)[member].AsText(); }
  std::int64_t Int(const MemberKey& member) const { return (*this)[member].AsInteger(); }
  bool Bool(const MemberKey& member) const {
    const Node node = (*this)[member];
    return node.Is(NodeValue::Kind::kBool) && node.value_->value != 0;
  }
  /// Byte offset in the source: absent means 0, -1 means unknown.
  std::int64_t Location() const { return Int("location"); }

  std::string_view AsText() const { return Is(NodeValue::Kind::kText) ? value_->Text() : std::string_view(); }

  /// A node of variable type is wrapped in an object whose only member names the type: `{"A_Const": {...}}`.
  std::string_view Type() const;
  Node Inner() const { return IsObject() && value_->size > 0 ? Node(value_->Held()) : Node(); }
  /// The wrapped node if it is of that type, else a null node.
  Node As(const MemberKey& type) const { return (*this)[type]; }

  bool IsObject() const { return Is(NodeValue::Kind::kObject); }
  bool IsArray() const { return Is(NodeValue::Kind::kArray); }
  std::size_t Count() const { return IsArray() ? value_->Size() : 0; }
  /// Those of an array.
  NodeList Items() const;
  /// Calls visit(name, node) for each member of an object.
  template <typename Visitor>
  void ForEachMember(Visitor&& visit) const {
    if (!IsObject()) return;
    for (const NodeValue& member : value_->Items()) visit(NameOf(member), Node(&member));
  }

 private:
  static std::string_view NameOf(const NodeValue& member);
  bool Is(NodeValue::Kind kind) const { return value_ != nullptr && value_->kind == kind; }
  std::int64_t AsInteger() const {
    if (Is(NodeValue::Kind::kInteger)) return value_->value;
    return Is(NodeValue::Kind::kLong) ? value_->Long() : 0;
  }

  const NodeValue* value_ = nullptr;
};

struct AsNode {
  Node operator()(const NodeValue& value) const { return Node(&value); }
};

/// The items of an array: a view, of which a vector is made where one is asked for.
class NodeList : public std::ranges::transform_view<std::span<const NodeValue>, AsNode> {
 public:
  explicit NodeList(std::span<const NodeValue> items) : transform_view(items, {}) {}
  operator std::vector<Node>() const { return {begin(), end()}; }
};

inline NodeList Node::Items() const { return NodeList(IsArray() ? value_->Items() : std::span<const NodeValue>()); }

/// Owner of a parsed tree. Not the JSON document: that takes five times the memory, most of it the text of names that
/// stand in every node.
class SyntaxTree {
 public:
  SyntaxTree() = default;
  /// Null when the text is not JSON. `shift` is added to the locations in it: where the parsed text begins in its file.
  explicit SyntaxTree(std::string_view json, std::int64_t shift = 0);

  Node root() const { return Node(values_.get()); }
  /// Where something nests so deep that there is no tree of it.
  std::optional<std::int64_t> too_deep_at() const { return too_deep_at_; }

 private:
  std::unique_ptr<NodeValue[]> values_;  ///< The first one is the root.
  std::optional<std::int64_t> too_deep_at_;
};

/// The strings of a list of String nodes: a qualified name, a list of columns.
std::vector<std::string> Strings(Node list);

/// The type by which a wrapped statement is interpreted: its node's, but DefineStmt, which stands for seven statements,
/// goes by what it defines: `OBJECT_AGGREGATE`.
std::string_view StatementType(Node wrapped);

/// Text of a constant or name as it is given to an option: `70`, `on`, `pglz`; `true` when it is absent.
std::string OptionText(Node argument);

}  // namespace schemadiff
