// Which members of a plan stand under which key of the saved plan. Read and written by the same tuples, so that neither
// direction can forget one.
#pragma once

#include <array>
#include <string_view>
#include <tuple>

#include "planner/plan.h"

namespace schemadiff {

template <typename Struct, typename Member>
struct JsonField {
  std::string_view key;
  Member Struct::* member;
};
template <typename Struct, typename Member>
JsonField(std::string_view, Member Struct::*) -> JsonField<Struct, Member>;

constexpr auto JsonFields(const Lock*) {
  return std::tuple(JsonField("relation", &Lock::relation), JsonField("mode", &Lock::mode));
}

constexpr auto JsonFields(const Hazard*) {
  return std::tuple(JsonField("kind", &Hazard::kind), JsonField("reason", &Hazard::reason),
                    JsonField("accepted_because", &Hazard::accepted_because));
}

constexpr auto JsonFields(const Estimate*) {
  return std::tuple(JsonField("rows", &Estimate::rows), JsonField("bytes", &Estimate::bytes));
}

constexpr auto JsonFields(const Step*) {
  return std::tuple(
      JsonField("object_kind", &Step::object_kind), JsonField("object_name", &Step::object_name),
      JsonField("owner_name", &Step::owner_name), JsonField("verb", &Step::verb), JsonField("phase", &Step::phase),
      JsonField("transaction", &Step::transaction), JsonField("group", &Step::group), JsonField("sql", &Step::sql),
      JsonField("masked", &Step::masked), JsonField("locks", &Step::locks), JsonField("scans", &Step::scans),
      JsonField("rewrites", &Step::rewrites), JsonField("hazards", &Step::hazards),
      JsonField("estimate", &Step::estimate), JsonField("note", &Step::note), JsonField("undo", &Step::undo),
      JsonField("source", &Step::source), JsonField("cleanup", &Step::cleanup), JsonField("revision", &Step::revision),
      JsonField("revision_step", &Step::revision_step), JsonField("session", &Step::session));
}

constexpr auto JsonFields(const Scope*) {
  return std::tuple(JsonField("schemas", &Scope::schemas), JsonField("off", &Scope::off),
                    JsonField("ignore", &Scope::ignore));
}

constexpr auto JsonFields(const Plan*) {
  return std::tuple(JsonField("tool_version", &Plan::tool_version), JsonField("database", &Plan::database),
                    JsonField("from", &Plan::from), JsonField("to", &Plan::to),
                    JsonField("postgres_version", &Plan::postgres_version), JsonField("scope", &Plan::scope),
                    JsonField("live_fingerprint", &Plan::live_fingerprint),
                    JsonField("desired_fingerprint", &Plan::desired_fingerprint),
                    JsonField("search_path", &Plan::search_path), JsonField("notes", &Plan::notes),
                    JsonField("steps", &Plan::steps));
}

/// How many values an enumeration has; each has a Name().
template <typename Enum>
inline constexpr int kValues = 0;
template <>
inline constexpr int kValues<LockMode> = static_cast<int>(LockMode::kAccessExclusive) + 1;
template <>
inline constexpr int kValues<HazardKind> = static_cast<int>(HazardKind::kOpaque) + 1;
template <>
inline constexpr int kValues<Phase> = static_cast<int>(Phase::kContract) + 1;
template <>
inline constexpr int kValues<Verb> = static_cast<int>(Verb::kRun) + 1;
template <>
inline constexpr int kValues<TransactionMode> = static_cast<int>(TransactionMode::kNone) + 1;

constexpr std::string_view Name(TransactionMode mode) {
  constexpr auto kNames = std::to_array<std::string_view>({"shared", "own", "none"});
  return kNames[static_cast<std::size_t>(mode)];
}

}  // namespace schemadiff
