// The words that all formats share: what a lock means, how much a step reads, what a plan amounts to.
// Pure functions of a Plan; text that comes from a database is made harmless for terminals where it is put on a line.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "planner/plan.h"

namespace schemadiff {

/// `1,234,567`.
std::string HumanCount(std::int64_t count);
/// `340 MB`: powers of 1024, as pg_size_pretty() names them.
std::string HumanBytes(std::int64_t bytes);
/// `about 1,200,000 rows, 340 MB`; empty when neither is known.
std::string EstimateText(const Estimate& estimate);
/// `17.6` of 170006.
std::string ServerVersionText(int server_version_num);
/// `for database `x` on PostgreSQL 17.6`, or without a database `from `old` to `new` on PostgreSQL 17`.
std::string OccasionText(const Plan& plan);
/// `1 step`, `2 steps`.
std::string Plural(std::size_t count, std::string_view noun);

/// Whom a lock of that mode holds up: `waits for and then stops all readers and writers`.
std::string_view LockMeaning(LockMode mode);
/// The lock of `plan.steps[step]` with its meaning and how long it is held, or since which step of the same
/// transaction. Locks are held to the end of the transaction, so a scan or rewrite by a later step of the same group
/// counts.
std::string LockText(const Plan& plan, std::size_t step, const Lock& lock);

/// The steps of one group in the order of execution.
struct Group {
  int number = 0;
  std::size_t first = 0;  ///< Index into Plan::steps.
  std::size_t count = 0;
  TransactionMode mode = TransactionMode::kShared;  ///< kNone when the steps run outside a transaction.
};
std::vector<Group> Groups(const Plan& plan);

/// What a plan amounts to: each object once, whatever the number of its steps.
struct PlanCounts {
  std::array<std::size_t, 6> verbs{};         ///< By Verb.
  std::map<HazardKind, std::size_t> hazards;  ///< Accepted by an annotation or not.
  std::size_t accepted = 0;                   ///< How many hazards an annotation accepts.
};
PlanCounts Count(const Plan& plan);
/// `plan: 3 to create, 1 to drop, in 5 steps; 3 hazards: 1 data-loss, 2 may-fail`, or `no changes: ...` for an empty
/// plan.
std::string SummaryLine(const Plan& plan);

/// On one line and without control characters: fit for a terminal, an SQL comment or a table cell.
std::string OneLine(std::string_view text);
/// Line by line as it is, other control characters as `\x1b`: fit for a terminal.
std::string Printable(std::string_view text);

}  // namespace schemadiff
