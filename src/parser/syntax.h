// Node: a view of one node of the syntax tree that libpg_query gives as JSON. Cheap to copy; valid while the tree is.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace schemadiff {

/// What a node holds: sixteen bytes, the name of a member among them, since a plan for ten thousand tables keeps five
/// million of them.
struct NodeValue {
  enum class Kind : std::uint8_t { kNone, kBool, kInteger, kText, kArray, kObject };
  union {
    std::int64_t integer = 0;     ///< kBool as well.
    const char* text;             ///< Not terminated.
    const NodeValue* first_item;  ///< They stand side by side.
  };
  std::uint32_t size = 0;  ///< Bytes of the text, or the number of items.
  std::uint16_t name = 0;  ///< As a member of an object: the name's number.
  Kind kind = Kind::kNone;

  std::span<const NodeValue> Items() const {
    return kind == Kind::kArray || kind == Kind::kObject ? std::span(first_item, size) : std::span<const NodeValue>();
  }
};

class Node {
 public:
  Node() = default;
  explicit Node(const NodeValue* value) : value_(value) {}

  explicit operator bool() const { return value_ != nullptr; }

  /// The member of that name; a null node when there is none. libpg_query leaves out false, zero and empty members.
  Node operator[](std::string_view member) const;
  std::string_view Text(std::string_view member) const { return (*this)[member].AsText(); }
  std::int64_t Int(std::string_view member) const { return (*this)[member].IntegerOf(NodeValue::Kind::kInteger); }
  bool Bool(std::string_view member) const { return (*this)[member].IntegerOf(NodeValue::Kind::kBool) != 0; }
  /// Byte offset in the source: absent means 0, -1 means unknown.
  std::int64_t Location() const { return Int("location"); }

  std::string_view AsText() const {
    return Is(NodeValue::Kind::kText) ? std::string_view(value_->text, value_->size) : std::string_view();
  }

  /// A node of variable type is wrapped in an object whose only member names the type: `{"A_Const": {...}}`.
  std::string_view Type() const;
  Node Inner() const { return IsObject() && value_->size > 0 ? Node(value_->first_item) : Node(); }
  /// The wrapped node if it is of that type, else a null node.
  Node As(std::string_view type) const { return (*this)[type]; }

  bool IsObject() const { return Is(NodeValue::Kind::kObject); }
  bool IsArray() const { return Is(NodeValue::Kind::kArray); }
  std::size_t Count() const { return IsArray() ? value_->size : 0; }
  std::vector<Node> Items() const;
  /// Calls visit(name, node) for each member of an object.
  template <typename Visitor>
  void ForEachMember(Visitor&& visit) const {
    if (!IsObject()) return;
    for (const NodeValue& member : value_->Items()) visit(NameOf(member), Node(&member));
  }

 private:
  static std::string_view NameOf(const NodeValue& member);
  bool Is(NodeValue::Kind kind) const { return value_ != nullptr && value_->kind == kind; }
  std::int64_t IntegerOf(NodeValue::Kind kind) const { return Is(kind) ? value_->integer : 0; }

  const NodeValue* value_ = nullptr;
};

/// Owner of a parsed tree. Not the JSON document: that takes two and a half times the memory, most of it the text of
/// names that stand in every node.
class SyntaxTree {
 public:
  SyntaxTree() = default;
  /// Null when the text is not JSON. `shift` is added to the locations in it: where the parsed text begins in its file.
  explicit SyntaxTree(std::string_view json, std::int64_t shift = 0);

  Node root() const { return Node(values_.get()); }
  /// Where something nests so deep that there is no tree of it.
  std::optional<std::int64_t> too_deep_at() const { return too_deep_at_; }

 private:
  std::unique_ptr<NodeValue[]> values_;
  std::unique_ptr<char[]> texts_;
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
