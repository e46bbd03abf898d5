// Object: one fact of a schema. What is created, altered, dropped or commented on its own, with its identity, its
// attributes and what it depends on.
#pragma once

#include <algorithm>
#include <array>
#include <span>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "model/attributes.h"
#include "model/identity.h"
#include "support/source.h"

namespace schemadiff {

/// What `of` makes of each kind's struct, by the kind's number. A struct says of its kind, where it has something to
/// say: `kManageKey`, its key in [manage]; `kNameSpaces`, where its name stands; `kNeverDropped`, that what is not
/// declared stays whatever is managed; `kStaysAsItIs`, that what is left alone comes back when what it belongs to is
/// made anew; `kOwnerless`, that its objects belong to nobody.
template <typename Of>
constexpr auto ByKind(Of of) {
  return std::array{
#define SCHEMADIFF_KIND(Struct, file, label) of.template operator()<Struct>(),
#include "model/object_kinds.def"
#undef SCHEMADIFF_KIND
  };
}

/// The key in [manage] that says whether the kind is compared; empty for kinds that always are.
constexpr std::string_view ManageKey(ObjectKind kind) {
  constexpr auto keys = ByKind([]<typename Kind>() -> std::string_view {
    if constexpr (requires { Kind::kManageKey; }) return Kind::kManageKey;
    return {};
  });
  return keys[static_cast<std::size_t>(kind)];
}

/// Whether objects of the kind are never dropped, only created and altered.
constexpr bool IsNeverDropped(ObjectKind kind) {
  constexpr auto never = ByKind([]<typename Kind>() { return requires { Kind::kNeverDropped; }; });
  return never[static_cast<std::size_t>(kind)];
}

/// Whether what is left alone of the kind is part of the desired state all the same: owners, privileges.
constexpr bool StaysAsItIs(ObjectKind kind) {
  constexpr auto stays = ByKind([]<typename Kind>() { return requires { Kind::kStaysAsItIs; }; });
  return stays[static_cast<std::size_t>(kind)];
}

/// Whether objects of the kind have no owner. Members never have one of their own.
constexpr bool IsOwnerless(ObjectKind kind) {
  constexpr auto ownerless = ByKind([]<typename Kind>() { return requires { Kind::kOwnerless; }; });
  return ownerless[static_cast<std::size_t>(kind)];
}

/// Where the names of a kind's objects stand: a table's is that of a relation and of a type.
constexpr std::span<const NameSpace> NameSpaces(ObjectKind kind) {
  constexpr auto spaces = ByKind([]<typename Kind>() -> std::span<const NameSpace> {
    if constexpr (requires { Kind::kNameSpaces; }) return Kind::kNameSpaces;
    return {};
  });
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
  /// Of the live state: it comes from a parent table, and is a fact only if declared on its own.
  bool inherited = false;
  bool is_local = false;  ///< Of what is inherited: its table declares it, too (attislocal, conislocal).
  /// Of an index or key of a partitioned table: made ON ONLY that. Of the live state: some partition lacks its part.
  bool only = false;
  int position = 0;                                ///< Place among its siblings: columns in their order. Not compared.
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
