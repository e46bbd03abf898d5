// Object: one fact of a schema. What is created, altered, dropped or commented on its own, with its identity, its
// attributes and what it depends on.
#pragma once

#include <algorithm>
#include <span>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "model/attributes.h"
#include "model/identity.h"
#include "support/source.h"

namespace schemadiff {

/// What a kind's struct says of the kind, where it says so: `kManageKey`, its key in [manage]; `kNameSpaces`, where its
/// name stands; `kNeverDropped`, that what is not declared stays whatever is managed; `kStaysAsItIs`, that what is left
/// alone comes back when what it belongs to is made anew; `kOwnerless`, that its objects belong to nobody.
template <typename Kind>
inline constexpr std::string_view kManageKeyOf = [] {
  if constexpr (requires { Kind::kManageKey; }) return Kind::kManageKey;
  return std::string_view();
}();
template <typename Kind>
inline constexpr std::span<const NameSpace> kNameSpacesOf = [] {
  if constexpr (requires { Kind::kNameSpaces; }) return std::span<const NameSpace>(Kind::kNameSpaces);
  return std::span<const NameSpace>();
}();

template <typename Kind>
inline constexpr bool kIsNeverDropped = requires { Kind::kNeverDropped; };
template <typename Kind>
inline constexpr bool kDoesStayAsItIs = requires { Kind::kStaysAsItIs; };
template <typename Kind>
inline constexpr bool kIsOwnerless = requires { Kind::kOwnerless; };

/// The key in [manage] that says whether the kind is compared; empty for kinds that always are.
constexpr std::string_view ManageKey(ObjectKind kind) {
  constexpr std::string_view keys[] = {
#define SCHEMADIFF_KIND(Struct, file, label) kManageKeyOf<Struct>,
#include "model/object_kinds.def"
#undef SCHEMADIFF_KIND
  };
  return keys[static_cast<std::size_t>(kind)];
}

/// Whether objects of the kind are never dropped, only created and altered.
constexpr bool IsNeverDropped(ObjectKind kind) {
  constexpr bool never[] = {
#define SCHEMADIFF_KIND(Struct, file, label) kIsNeverDropped<Struct>,
#include "model/object_kinds.def"
#undef SCHEMADIFF_KIND
  };
  return never[static_cast<std::size_t>(kind)];
}

/// Whether what is left alone of the kind is part of the desired state all the same: owners, privileges.
constexpr bool StaysAsItIs(ObjectKind kind) {
  constexpr bool stays[] = {
#define SCHEMADIFF_KIND(Struct, file, label) kDoesStayAsItIs<Struct>,
#include "model/object_kinds.def"
#undef SCHEMADIFF_KIND
  };
  return stays[static_cast<std::size_t>(kind)];
}

/// Whether objects of the kind have no owner. Members never have one of their own.
constexpr bool IsOwnerless(ObjectKind kind) {
  constexpr bool ownerless[] = {
#define SCHEMADIFF_KIND(Struct, file, label) kIsOwnerless<Struct>,
#include "model/object_kinds.def"
#undef SCHEMADIFF_KIND
  };
  return ownerless[static_cast<std::size_t>(kind)];
}

/// Where the names of a kind's objects stand: a table's is that of a relation and of a type.
constexpr std::span<const NameSpace> NameSpaces(ObjectKind kind) {
  constexpr std::span<const NameSpace> spaces[] = {
#define SCHEMADIFF_KIND(Struct, file, label) kNameSpacesOf<Struct>,
#include "model/object_kinds.def"
#undef SCHEMADIFF_KIND
  };
  return spaces[static_cast<std::size_t>(kind)];
}

inline bool StandsIn(ObjectKind kind, NameSpace space) { return std::ranges::contains(NameSpaces(kind), space); }

/// Whether the kind is a type in the first place: tables and views are types, too, but relations of their own.
inline bool IsType(ObjectKind kind) {
  return StandsIn(kind, NameSpace::kType) &&
         (kind == ObjectKind::kCompositeType || !StandsIn(kind, NameSpace::kRelation));
}

/// Why an object depends on another.
enum class EdgeKind : std::uint8_t {
  kUses,     ///< Mentions it: a type, a function, a relation, a column.
  kSoft,     ///< Mentions it where PostgreSQL does not look when it is created: the body of a function.
  kOwnedBy,  ///< Is dropped with it: a sequence with its column.
};

struct Edge {
  ObjectId target;
  EdgeKind kind = EdgeKind::kUses;
  bool operator==(const Edge&) const = default;
};

/// What a person says to schemadiff about an object, in `schemadiff:` comments.
struct Annotations {
  struct Allowance {
    std::string hazard;
    std::string reason;
  };
  std::vector<std::string> renamed_from;               ///< The old name, unquoted, with its schema if that was given.
  std::map<std::string, std::string> renamed_members;  ///< Labels or attributes: new name, old name.
  std::string backfill;
  std::string conversion;  ///< Of `schemadiff:using`.
  bool ignore = false;
  std::vector<Allowance> allow;
};

/// Ends the process when an object is not of the kind that it is taken for.
void CheckHolds(bool holds);

struct Object {
  ObjectId id;
  Attributes attributes;
  std::vector<Edge> edges;  ///< Besides the one to the parent, which the identity holds.
  bool inherited =
      false;         ///< Of the live state: it comes from a parent table, and is a fact only if declared on its own.
  int position = 0;  ///< Place among its siblings: columns in their order. Not compared.
  SourceLocation source;                           ///< Of the desired state: the statement that declares it.
  std::shared_ptr<const Annotations> annotations;  ///< Null when there are none.

  /// The attributes of the kind that they are known to be of; a bug if they are of another.
  template <typename T>
  T& As() {
    return const_cast<T&>(std::as_const(*this).As<T>());
  }
  template <typename T>
  const T& As() const {
    const T* held = attributes.If<T>();
    CheckHolds(held != nullptr);
    return *held;
  }
  /// Null when they are of another kind.
  template <typename T>
  T* If() {
    return attributes.If<T>();
  }
  template <typename T>
  const T* If() const {
    return attributes.If<T>();
  }
};

}  // namespace schemadiff
