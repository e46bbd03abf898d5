#include "apply/ledger.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "apply/apply_lock.h"
#include "model/own_schema.h"
#include "support/quote.h"
#include "support/version.h"

namespace schemadiff {
namespace {

constexpr auto kStates = std::to_array<std::string_view>({"applying", "applied", "reverting"});
constexpr std::string_view kCommentBegin = "ledger of schemadiff, layout ";

constexpr std::string_view kRevisions = R"sql(
  SELECT r.id, r.checksum, r.message, r.state, r.steps, r.steps_done,
         to_char(r.started_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
         to_char(r.finished_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
         r.applied_by, r.host, r.tool_version, s.number, s.summary, s.state, s.error
    FROM schemadiff.revision AS r
    LEFT JOIN LATERAL (SELECT * FROM schemadiff.step WHERE revision = r.id AND r.state <> 'applied'
                        ORDER BY id DESC LIMIT 1) AS s ON true
   ORDER BY r.started_at, r.id)sql";

// 0 for a comment that is no ledger's.
int LayoutOf(std::string_view comment) {
  int layout = 0;
  if (!comment.starts_with(kCommentBegin)) return 0;
  comment.remove_prefix(kCommentBegin.size());
  std::from_chars(comment.data(), comment.data() + comment.size(), layout);
  return layout;
}

LedgerRevision RevisionOf(const Rows& rows, int row) {
  const auto text = [&](int column) { return std::string(rows.Text(row, column)); };
  const auto state = static_cast<RevisionState>(std::ranges::find(kStates, rows.Text(row, 3)) - kStates.begin());
  LedgerRevision out{.id = text(0),
                     .checksum = text(1),
                     .message = text(2),
                     .state = state,
                     .steps = static_cast<int>(rows.Int(row, 4)),
                     .steps_done = static_cast<int>(rows.Int(row, 5)),
                     .started_at = text(6),
                     .finished_at = text(7),
                     .applied_by = text(8),
                     .host = text(9),
                     .tool_version = text(10)};
  if (!rows.IsNull(row, 11)) out.last = {static_cast<int>(rows.Int(row, 11)), text(12), text(13), text(14)};
  return out;
}

std::string Log(std::string_view revision, std::string_view direction, std::string_view summary,
                const LedgerWriter& writer) {
  return fmt::format(
      "INSERT INTO schemadiff.step (revision, direction, number, summary, state, finished_at, host)\n"
      "  VALUES ({}, {}, 0, {}, 'done', clock_timestamp(), {})",
      QuoteLiteral(revision), QuoteLiteral(direction), QuoteLiteral(summary), QuoteLiteral(writer.host));
}

std::string Delete(std::string_view revision) {
  return fmt::format("DELETE FROM schemadiff.revision WHERE id = {}", QuoteLiteral(revision));
}

std::string Put(const RecordedRevision& revision, const LedgerWriter& writer) {
  return fmt::format(
      "INSERT INTO schemadiff.revision (id, checksum, message, state, steps, steps_done, finished_at, host, "
      "tool_version)\n  VALUES ({}, {}, {}, 'applied', 0, 0, clock_timestamp(), {}, {})\n"
      "  ON CONFLICT (id) DO UPDATE SET checksum = excluded.checksum, message = excluded.message, state = 'applied',\n"
      "    finished_at = coalesce(revision.finished_at, excluded.finished_at)",
      QuoteLiteral(revision.id), QuoteLiteral(revision.checksum), QuoteLiteral(revision.message),
      QuoteLiteral(writer.host), QuoteLiteral(writer.tool_version));
}

}  // namespace

std::string_view Name(RevisionState state) { return kStates[static_cast<std::size_t>(state)]; }

const LedgerRevision* Ledger::Find(std::string_view id) const {
  const auto found = std::ranges::find(revisions, id, &LedgerRevision::id);
  return found == revisions.end() ? nullptr : &*found;
}

Result<Ledger> ReadLedger(Connection& connection) {
  const Result<Rows> schema = connection.Query(fmt::format(
      "SELECT obj_description(n.oid, 'pg_namespace'), {}, EXISTS (SELECT FROM pg_class WHERE relnamespace = n.oid)"
      " FROM (SELECT) AS one LEFT JOIN pg_namespace AS n ON n.nspname = '{}'",
      ApplyLock::HeldSql(), kOwnSchema));
  if (!schema) return std::unexpected(schema.error());
  Ledger ledger{.layout = LayoutOf(schema->Text(0, 0)), .at_work = schema->Bool(0, 1)};
  if (ledger.layout == 0 && schema->Bool(0, 2)) {
    return Error(ErrorCode::kRefused,
                 fmt::format("schema `{}` of database `{}` is no ledger of schemadiff, which keeps its own under that "
                             "name",
                             kOwnSchema, connection.database_name()),
                 "nothing was done; rename that schema");
  }
  if (ledger.layout > kLedgerLayout) {
    return Error(ErrorCode::kRefused,
                 fmt::format("the ledger in database `{}` has layout {}, and this schemadiff ({}) knows none beyond {}",
                             connection.database_name(), ledger.layout, kVersion, kLedgerLayout),
                 "nothing was done; use the newer version of schemadiff that made it");
  }
  if (ledger.layout == 0) return ledger;
  const Result<Rows> rows = connection.Query(kRevisions);
  if (!rows) return std::unexpected(rows.error());
  for (int i = 0; i < rows->size(); ++i) ledger.revisions.push_back(RevisionOf(*rows, i));
  return ledger;
}

LedgerWriter ThisWriter() {
  std::array<char, 256> name{};
  if (::gethostname(name.data(), name.size() - 1) != 0) return {.tool_version = std::string(kVersion)};
  return {.host = name.data(), .tool_version = std::string(kVersion)};
}

namespace ledger_sql {

std::vector<std::string> Stamp(const RecordedRevision& revision, const LedgerWriter& writer) {
  return {Put(revision, writer), Log(revision.id, "stamp", "recorded as applied", writer)};
}

std::vector<std::string> Unstamp(const std::string& id, const LedgerWriter& writer) {
  return {Delete(id), Log(id, "stamp", "recorded as not applied", writer)};
}

std::vector<std::string> AcceptChanged(const RecordedRevision& revision, const std::string& old_checksum,
                                       const LedgerWriter& writer) {
  return {
      fmt::format("UPDATE schemadiff.revision SET checksum = {}, message = {} WHERE id = {}",
                  QuoteLiteral(revision.checksum), QuoteLiteral(revision.message), QuoteLiteral(revision.id)),
      Log(revision.id, "accept", fmt::format("checksum {} instead of {}", revision.checksum, old_checksum), writer)};
}

std::vector<std::string> Adopt(const RecordedRevision& squashed, const std::vector<std::string>& replaced,
                               const LedgerWriter& writer) {
  std::vector<std::string> out;
  for (const std::string& id : replaced) {
    if (id != squashed.id) out.push_back(Delete(id));
  }
  out.push_back(Put(squashed, writer));
  out.push_back(Log(squashed.id, "adopt", "recorded in place of " + Join(replaced, ", "), writer));
  return out;
}

std::string MarkInterrupted(const std::string& revision) {
  return fmt::format(
      "UPDATE schemadiff.step SET state = 'interrupted', finished_at = clock_timestamp()\n"
      "  WHERE revision = {} AND state = 'started'",
      QuoteLiteral(revision));
}

}  // namespace ledger_sql

}  // namespace schemadiff
