// The ledger in the schema `schemadiff`: which revisions a database has, and how far one is that was begun. What it
// consists of is in ledger.sql.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "planner/plan.h"
#include "postgres/connection.h"
#include "support/diagnostic.h"

namespace schemadiff {

/// The layout that ledger.sql makes; it is in the comment on the schema.
inline constexpr int kLedgerLayout = 1;
/// The text of ledger.sql.
std::string_view LedgerSchemaSql();

/// How far a revision is.
enum class RevisionState : std::uint8_t { kApplying, kApplied, kReverting };
/// `applying`, as in the ledger.
std::string_view Name(RevisionState state);

/// The row of the log that tells what came last of a revision that is half done.
struct LastStep {
  int number = 0;
  std::string summary;
  std::string state;  ///< As in the ledger; `started` when it runs now, or was cut off.
  std::string error;
  bool operator==(const LastStep&) const = default;
};

struct LedgerRevision {
  std::string id;
  std::string checksum;
  std::string message;
  RevisionState state = RevisionState::kApplied;
  int steps = 0;
  int steps_done = 0;  ///< Of the upgrade, or when it is reverting, of the downgrade.
  std::string started_at;
  std::string finished_at;  ///< Empty until it is applied.
  std::string applied_by;
  std::string host;
  std::string tool_version;
  std::optional<LastStep> last;  ///< Unless it is applied.
  bool operator==(const LedgerRevision&) const = default;
};

struct Ledger {
  int layout = 0;        ///< 0: the database has none.
  bool at_work = false;  ///< Whether an apply or upgrade runs in the database; this session's own lock counts, too.
  std::vector<LedgerRevision> revisions;  ///< In the order in which they were begun.

  const LedgerRevision* Find(std::string_view id) const;
};

/// Reads the ledger, which takes two queries at most and no right to write. Errors: kRefused for a layout that only a
/// newer schemadiff knows, and for a schema `schemadiff` that is no ledger; kUnavailable without the right to read it.
Result<Ledger> ReadLedger(Connection& connection);

/// Who writes into the ledger.
struct LedgerWriter {
  std::string host;
  std::string tool_version;
};
LedgerWriter ThisWriter();

/// What of a revision the ledger holds.
struct RecordedRevision {
  std::string id;
  std::string checksum;
  std::string message;
};

/// Statements that record without running anything, each with its line in the log.
namespace ledger_sql {
/// A revision counts as applied from now on, whatever it was before.
std::vector<std::string> Stamp(const RecordedRevision& revision, const LedgerWriter& writer);
/// It counts as not applied.
std::vector<std::string> Unstamp(const std::string& id, const LedgerWriter& writer);
/// The file of an applied revision has changed, and is taken as it is.
std::vector<std::string> AcceptChanged(const RecordedRevision& revision, const std::string& old_checksum,
                                       const LedgerWriter& writer);
/// A squashed revision stands for those that the database has: they go, and it is there.
std::vector<std::string> Adopt(const RecordedRevision& squashed, const std::vector<std::string>& replaced,
                               const LedgerWriter& writer);
/// A step that began and is not at work any more.
std::string MarkInterrupted(const std::string& revision);
}  // namespace ledger_sql

}  // namespace schemadiff
