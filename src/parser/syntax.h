// Node: a view of one node of the syntax tree that libpg_query gives as JSON. Cheap to copy; valid while the tree is.
#pragma once

#include <yyjson.h>

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace schemadiff {

class Node {
 public:
  Node() = default;
  explicit Node(yyjson_val* value) : value_(value) {}

  explicit operator bool() const { return value_ != nullptr; }

  /// The member of that name; a null node when there is none. libpg_query leaves out false, zero and empty members.
  Node operator[](const char* member) const { return Node(yyjson_obj_get(value_, member)); }
  std::string_view Text(const char* member) const { return (*this)[member].AsText(); }
  std::int64_t Int(const char* member) const { return yyjson_get_sint(yyjson_obj_get(value_, member)); }
  bool Bool(const char* member) const { return yyjson_get_bool(yyjson_obj_get(value_, member)); }
  /// Byte offset in the source: absent means 0, -1 means unknown.
  std::int64_t Location() const { return Int("location"); }

  std::string_view AsText() const {
    const char* text = yyjson_get_str(value_);
    return text == nullptr ? std::string_view() : std::string_view(text, yyjson_get_len(value_));
  }

  /// A node of variable type is wrapped in an object whose only member names the type: `{"A_Const": {...}}`.
  std::string_view Type() const {
    yyjson_obj_iter iter = yyjson_obj_iter_with(value_);
    yyjson_val* key = yyjson_obj_iter_next(&iter);
    return key == nullptr ? std::string_view() : std::string_view(yyjson_get_str(key), yyjson_get_len(key));
  }
  Node Inner() const {
    yyjson_obj_iter iter = yyjson_obj_iter_with(value_);
    yyjson_val* key = yyjson_obj_iter_next(&iter);
    return key == nullptr ? Node() : Node(yyjson_obj_iter_get_val(key));
  }
  /// The wrapped node if it is of that type, else a null node.
  Node As(const char* type) const { return (*this)[type]; }

  bool IsObject() const { return yyjson_is_obj(value_); }
  bool IsArray() const { return yyjson_is_arr(value_); }
  std::size_t Count() const { return yyjson_arr_size(value_); }
  std::vector<Node> Items() const;
  /// Calls visit(name, node) for each member of an object.
  template <typename Visitor>
  void ForEachMember(Visitor&& visit) const {
    yyjson_obj_iter iter = yyjson_obj_iter_with(value_);
    while (yyjson_val* key = yyjson_obj_iter_next(&iter)) {
      visit(std::string_view(yyjson_get_str(key), yyjson_get_len(key)), Node(yyjson_obj_iter_get_val(key)));
    }
  }

 private:
  yyjson_val* value_ = nullptr;
};

/// The strings of a list of String nodes: a qualified name, a list of columns.
std::vector<std::string> Strings(Node list);

/// The type by which a wrapped statement is interpreted: its node's, but DefineStmt, which stands for seven statements,
/// goes by what it defines: `OBJECT_AGGREGATE`.
std::string_view StatementType(Node wrapped);

/// Text of a constant or name as it is given to an option: `70`, `on`, `pglz`; `true` when it is absent.
std::string OptionText(Node argument);

/// Owner of a parsed tree.
struct SyntaxTree {
  struct Free {
    void operator()(yyjson_doc* doc) const { yyjson_doc_free(doc); }
  };
  std::unique_ptr<yyjson_doc, Free> doc;
  Node root() const { return Node(yyjson_doc_get_root(doc.get())); }
};

}  // namespace schemadiff
