// A Plan: the ordered, annotated migration. A plain value, made by the planner, shown by report, executed by apply.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "planner/secrets.h"

namespace schemadiff {

/// Relation lock modes, weakest first (manual: "Explicit Locking", table-level locks).
enum class LockMode : std::uint8_t {
  kAccessShare,
  kRowShare,
  kRowExclusive,
  kShareUpdateExclusive,
  kShare,
  kShareRowExclusive,
  kExclusive,
  kAccessExclusive,
};

/// `ACCESS EXCLUSIVE`, as the manual spells it.
std::string_view Name(LockMode mode);

struct Lock {
  std::string relation;  ///< Qualified and quoted where needed.
  LockMode mode = LockMode::kAccessShare;
  bool operator==(const Lock&) const = default;
};

/// The stable hazard names of the product.
enum class HazardKind : std::uint8_t {
  kDataLoss,
  kBlocksReads,
  kBlocksWrites,
  kTableRewrite,
  kMayFail,
  kBreaksClients,
  kUnprotected,
  kAccessChange,
  kIrreversible,
  kOpaque,
};

/// `data-loss`, as used by --allow and every output.
std::string_view Name(HazardKind kind);
/// The reverse of Name; nothing when unknown.
std::optional<HazardKind> ParseHazard(std::string_view name);

struct Hazard {
  HazardKind kind = HazardKind::kDataLoss;
  std::string reason;            ///< One clause, lower case: what is lost, blocked or broken.
  std::string accepted_because;  ///< Reason given by a schemadiff:allow annotation; empty when not accepted there.
  bool operator==(const Hazard&) const = default;
};

/// When a step may run relative to the deployment of the application.
enum class Phase : std::uint8_t { kExpand, kBackfill, kContract };
std::string_view Name(Phase phase);

/// How a step relates to transactions.
enum class TransactionMode : std::uint8_t {
  kShared,  ///< May share a transaction with its neighbours.
  kOwn,     ///< In a transaction of its own: it scans, and would keep its neighbours' locks meanwhile.
  kNone,    ///< Refused by PostgreSQL inside a transaction block.
};

/// What a step does to its object; kRun for statements of a person's own.
enum class Verb : std::uint8_t { kCreate, kAlter, kRename, kReplace, kDrop, kRun };
std::string_view Name(Verb verb);

/// What the step costs, from pg_class at planning time.
struct Estimate {
  std::int64_t rows = -1;   ///< Rows read or written; -1 when unknown.
  std::int64_t bytes = -1;  ///< Bytes read or written; -1 when unknown.
  bool operator==(const Estimate&) const = default;
};

struct Step {
  std::string object_kind;  ///< `table`, `index`: what the step is about.
  std::string object_name;  ///< Qualified, as a person would write it; of a member, after its table: `public.t.c`.
  std::string owner_name;   ///< What the text output groups by: the table of a member, or the object itself.
  Verb verb = Verb::kAlter;
  Phase phase = Phase::kExpand;
  TransactionMode transaction = TransactionMode::kShared;
  int group = 0;                      ///< Steps with one number run in one transaction; numbers ascend from 1.
  std::vector<std::string> sql;       ///< Statements without a terminating semicolon, run in order; secrets as ***.
  int masked = 0;                     ///< How many of them have secrets. Of a saved plan these are to be found anew.
  std::vector<Lock> locks;            ///< On existing relations, strongest mode each.
  std::vector<std::string> scans;     ///< Existing relations that are read whole.
  std::vector<std::string> rewrites;  ///< Existing relations that are written anew.
  std::vector<Hazard> hazards;
  Estimate estimate;
  std::string note;       ///< One sentence when the way taken needs an explanation; otherwise empty.
  std::string undo;       ///< What takes the step back, joined by `; ` where it is more than one statement; or empty.
  std::string source;     ///< `file:line` of the declaration that asked for it; empty for a drop.
  std::string cleanup;    ///< Statement to run before a retry of a failed kNone step (an INVALID index); often empty.
  Secrets secrets;        ///< What the statements do not show; never saved.
  std::string revision;   ///< Id of the revision that it is part of; empty when of none.
  int revision_step = 0;  ///< Its number in the revision's file, from 1; 0 when of none.
  std::vector<std::string> session;  ///< SET statements for the session that runs it, before its transaction.
  bool operator==(const Step&) const = default;
};

/// What of the database is compared, as far as the desired state has no say in it.
struct Scope {
  std::vector<std::string> schemas;  ///< Sorted; empty for all that are not the system's.
  std::vector<std::string> off;      ///< The keys of [manage] that are off.
  std::vector<std::string> ignore;   ///< `kind:glob` rules.
  bool operator==(const Scope&) const = default;
};

struct Plan {
  std::string tool_version;
  std::string database;             ///< Name of the database it was made for; never a password. Empty without one.
  std::string from;                 ///< Without a database: the state that it leads away from, as a person named it.
  std::string to;                   ///< And the one that it leads to.
  int postgres_version = 0;         ///< server_version_num, e.g. 170011.
  Scope scope;                      ///< To find out whether the database is still as it was.
  std::string live_fingerprint;     ///< Of the schema it was made from, within the scope (hex).
  std::string desired_fingerprint;  ///< Of the schema it leads to (hex).
  std::string search_path;          ///< For the session that runs it; a list of quoted identifiers.
  std::vector<std::string> notes;   ///< What the reader should know about the plan as a whole.
  std::vector<Step> steps;

  bool empty() const { return steps.empty(); }
  bool operator==(const Plan&) const = default;
};

}  // namespace schemadiff
