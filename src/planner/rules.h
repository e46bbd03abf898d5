// Rules: how each kind is created, altered, renamed and dropped. One file per kind in planner/rules defines its
// RulesOf<Kind>(); nothing else knows how a kind's SQL looks.
#pragma once

#include <fmt/format.h>

#include <array>
#include <bitset>
#include <span>
#include <string_view>

#include "planner/action.h"
#include "planner/locks.h"
#include "planner/sql.h"
#include "support/literal.h"
#include "support/quote.h"

namespace schemadiff {

/// A change of one object's attributes, in place.
struct Alteration {
  const Object& before;
  const Object& after;
  std::bitset<32> fields;  ///< Which differ, in the order of the kind's Fields().
  const PlanContext& context;

  template <typename Kind>
  const Kind& Before() const {
    return before.As<Kind>();
  }
  template <typename Kind>
  const Kind& After() const {
    return after.As<Kind>();
  }
};

using AlterRule = void (*)(const Alteration&, ActionList&);
using CanAlter = bool (*)(const Alteration&);

/// What to do when a field changes.
struct FieldRule {
  std::string_view field;
  AlterRule alter = nullptr;     ///< Null: the object is replaced. Run once even when several fields share it.
  CanAlter can_alter = nullptr;  ///< Null: always.
};

struct KindRules {
  void (*create)(const Object& object, const PlanContext& context, ActionList& actions) = nullptr;
  void (*drop)(const Object& object, const PlanContext& context, ActionList& actions) = nullptr;
  std::span<const FieldRule> fields;
  /// How COMMENT, SECURITY LABEL and ALTER EXTENSION name an object: `TABLE s.t`, `POLICY p ON s.t`. Null: they cannot.
  std::string (*subject)(ObjectId id, const PlanContext& context) = nullptr;

  /// `from` is the old identity, `object` the live object under its new one. Null: the kind cannot be renamed.
  void (*rename)(ObjectId from, const Object& object, const PlanContext& context, ActionList& actions) = nullptr;
  /// The same for a label or attribute of an object. Null: there are none.
  void (*rename_member)(const Object& object, const std::string& from, const std::string& to,
                        ActionList& actions) = nullptr;
  /// Whether a dependent has to be dropped before an alteration and created again after it. Null: none.
  bool (*displaces)(const Alteration& alteration, const Object& dependent) = nullptr;
  /// When something that the object depends on is replaced: alters it in place instead of replacing it too. Null:
  /// replaced.
  AlterRule adapt = nullptr;
  /// Replacement in place of drop and create, for what holds rows or is used by what does. Null: drop and create.
  AlterRule replace = nullptr;
  CanAlter can_replace = nullptr;     ///< Null: always.
  bool replace_keeps_members = true;  ///< Whether comments, constraints and their like outlive a replacement in place.
  bool pins_column_types = false;     ///< PostgreSQL does not change the type of a column that it mentions.
  std::string_view gap;               ///< What is amiss while it is dropped and not yet made anew. Empty: nothing.
  HazardKind gap_hazard = HazardKind::kUnprotected;  ///< The hazard that this is.
  bool has_definition = true;  ///< Whether its drop loses what somebody wrote, and not only a mark or a right.
  /// What users call the object, where that is not the kind's label. Null: always that.
  std::string_view (*label)(const Object& object) = nullptr;
  bool dropped_with_parent = true;  ///< Its own drop is left out when the parent is dropped.
};

/// Defined by planner/rules/<kind>.cpp for every kind.
template <typename Kind>
const KindRules& RulesOf();
#define SCHEMADIFF_KIND(Struct, file, label) \
  template <>                                \
  const KindRules& RulesOf<Struct>();
#include "model/object_kinds.def"
#undef SCHEMADIFF_KIND

const KindRules& RulesFor(ObjectKind kind);

/// `WORD name` and `WORD name ON parent`: what most kinds' subjects are.
template <Literal kWord>
std::string NamedSubject(ObjectId id, const PlanContext&) {
  return fmt::format("{} {}", kWord.value, RelationName(id));
}
template <Literal kWord, Literal kParentWord = "">
std::string SubjectOnParent(ObjectId id, const PlanContext&) {
  return fmt::format("{} {} ON {}{}", kWord.value, QuoteIdentifier(id.name()), kParentWord.value,
                     RelationName(id.parent()));
}

/// Whether rules name every field of the kind, in order: a field without a rule must not compile.
template <typename Kind, std::size_t N>
consteval bool Covers(const std::array<FieldRule, N>& rules) {
  return Kind::Fields([&](const auto&... field) {
    if (sizeof...(field) != N) return false;
    std::size_t index = 0;
    return (... && (rules[index++].field == field.name));
  });
}

/// Position of a field, for looking it up in Alteration::fields.
template <typename Kind>
consteval std::size_t FieldIndex(std::string_view name) {
  return Kind::Fields([&](const auto&... field) {
    std::size_t index = 0;
    std::size_t found = sizeof...(field);
    ((field.name == name ? found = index++ : index++), ...);
    if (found == sizeof...(field)) throw "no such field";
    return found;
  });
}

}  // namespace schemadiff
