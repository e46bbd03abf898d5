// Identities: what PostgreSQL tells objects apart by. Interned, so that copying and comparing one costs a pointer.
#pragma once

#include <compare>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace schemadiff {

enum class ObjectKind : std::uint8_t {
#define SCHEMADIFF_KIND(Struct, file, label) k##Struct,
#include "model/object_kinds.def"
#undef SCHEMADIFF_KIND
};

inline constexpr std::size_t kObjectKinds = 0
#define SCHEMADIFF_KIND(Struct, file, label) +1
#include "model/object_kinds.def"
#undef SCHEMADIFF_KIND
    ;

/// PostgreSQL's name spaces, which objects of different kinds share: those of a schema, and that of a table's
/// constraints.
enum class NameSpace : std::uint8_t {
  kRelation,
  kType,
  kRoutine,
  kConstraint,
  kCollation,
  kOperator,
  kOperatorClass,
  kOperatorFamily,
  kTextSearchParser,
  kTextSearchTemplate,
  kTextSearchDictionary,
  kTextSearchConfiguration,
};
inline constexpr std::size_t kNameSpaceCount = 12;

/// What users call the kind: `table`, `check constraint`.
std::string_view Label(ObjectKind kind);

/// Handle of an interned identity: kind, schema, name, argument types for routines, parent for members. Equality is
/// the pointer's; order is by text, so that it does not depend on the order of interning.
class ObjectId {
 public:
  ObjectId() = default;

  /// An object of its own: a table, a type, a routine (with its argument types, `integer, text`).
  static ObjectId Of(ObjectKind kind, std::string_view schema, std::string_view name, std::string_view arguments = {});
  /// A member of another object: a column, a constraint, a comment (whose name is empty).
  static ObjectId Member(ObjectKind kind, ObjectId parent, std::string_view name);

  explicit operator bool() const { return data_ != nullptr; }
  ObjectKind kind() const { return data_->kind; }
  ObjectId parent() const { return ObjectId(data_->parent); }
  /// The outermost parent: the table of a column's comment.
  ObjectId root() const { return data_->parent == nullptr ? *this : ObjectId(data_->root); }
  /// Of a member: its root's schema. Empty for objects outside schemas.
  const std::string& schema() const;
  const std::string& name() const { return data_->name; }
  const std::string& arguments() const;
  /// A small number of its own: identities are numbered from 0 as they are interned.
  std::uint32_t number() const { return data_->number; }

  /// The same identity under another name, schema or parent.
  ObjectId WithName(std::string_view name) const;
  ObjectId WithParent(ObjectId parent) const;

  /// The qualified name, quoted where needed: `public.orders`, of a member `public.orders.id`, of a routine with its
  /// argument types. For people; SQL is made by the planner.
  std::string ToString() const;

  friend bool operator==(ObjectId a, ObjectId b) { return a.data_ == b.data_; }
  friend std::strong_ordering operator<=>(ObjectId a, ObjectId b) { return Compare(a, b) <=> 0; }

 private:
  friend struct std::hash<ObjectId>;
  friend class IdentityPool;
  // Most identities are members, which have a name alone.
  struct Qualification {
    std::string schema;
    std::string arguments;
  };
  class Interned;
  struct Data {
    ObjectKind kind;
    std::uint32_t number = 0;
    const Data* parent = nullptr;
    union {
      const Data* root;                     ///< Of a member.
      mutable Interned* members = nullptr;  ///< Of what has no parent: all that has it as its root. Null for none.
    };
    std::string name;
    std::unique_ptr<const Qualification> qualification;  ///< Null when both are empty.
  };

  explicit ObjectId(const Data* data) : data_(data) {}
  static int Compare(ObjectId a, ObjectId b);
  const Qualification& qualification() const;

  const Data* data_ = nullptr;
};

}  // namespace schemadiff

template <>
struct std::hash<schemadiff::ObjectId> {
  std::size_t operator()(schemadiff::ObjectId id) const noexcept { return std::hash<const void*>()(id.data_); }
};
