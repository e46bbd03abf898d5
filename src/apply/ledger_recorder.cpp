#include "apply/ledger_recorder.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>

#include "support/quote.h"
#include "support/redact.h"

namespace schemadiff {
namespace {

// The row of the log that this session added last: what the sequence of an identity column gave last is the session's
// own, whatever others do.
constexpr std::string_view kThisRow = "id = currval('schemadiff.step_id_seq')";

// What keeps the role and session user that a step has set, and what brings them back; both for no longer than their
// transaction, which leaves alone what was set for the session (manual: SET).
constexpr std::string_view kKeepRole =
    "DO $$BEGIN PERFORM set_config('schemadiff.session_authorization', current_setting('session_authorization'), "
    "true),\n"
    "  set_config('schemadiff.role', current_setting('role'), true); END$$";
constexpr std::string_view kRestoreRole =
    "DO $$BEGIN PERFORM set_config('session_authorization', current_setting('schemadiff.session_authorization'), "
    "true),\n"
    "  set_config('role', current_setting('schemadiff.role'), true); END$$";

// Whether SQL may change the role that runs what follows; it may stand in a DO block or a call of set_config().
bool MayChangeRole(const std::string& sql) {
  std::string words;
  for (const char c : sql) {
    const bool is_space = std::isspace(static_cast<unsigned char>(c)) != 0;
    if (!is_space) words += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    if (is_space && !words.ends_with(' ')) words += ' ';
  }
  constexpr auto kChanges = std::to_array<std::string_view>(
      {"set role", "set local role", "set session role", "'role'", "session authorization", "session_authorization"});
  return std::ranges::any_of(kChanges, [&](std::string_view change) { return words.contains(change); });
}

std::string Masked(const Step& step, const std::string& text) { return MaskSecrets(step.secrets.Mask(text)); }

}  // namespace

std::string_view Name(Direction direction) { return direction == Direction::kUpgrade ? "upgrade" : "downgrade"; }

LedgerRecorder::LedgerRecorder(const Plan& plan, const std::vector<RunningRevision>& revisions, Direction direction,
                               LedgerWriter writer)
    : plan_(plan), direction_(direction), writer_(std::move(writer)) {
  for (const RunningRevision& revision : revisions) revisions_.emplace(revision.recorded.id, revision);
  role_changes_ = std::ranges::any_of(plan.steps, [](const Step& step) {
    return std::ranges::any_of(step.session, MayChangeRole) || std::ranges::any_of(step.sql, MayChangeRole);
  });
}

std::vector<std::string> LedgerRecorder::AsWhoLoggedIn(std::vector<std::string> statements) const {
  if (!role_changes_) return statements;
  std::vector<std::string> out{std::string(kKeepRole), "SET LOCAL session_authorization TO DEFAULT",
                               "SET LOCAL role TO DEFAULT"};
  std::ranges::move(statements, std::back_inserter(out));
  out.emplace_back(kRestoreRole);
  return out;
}

bool LedgerRecorder::IsFirst(std::size_t step) const {
  return step == 0 || plan_.steps[step - 1].revision != plan_.steps[step].revision;
}

std::string LedgerRecorder::Begin(std::size_t number) const {
  const RunningRevision& revision = revisions_.at(plan_.steps[number].revision);
  const RecordedRevision& recorded = revision.recorded;
  if (direction_ == Direction::kDowngrade) {
    return fmt::format("UPDATE schemadiff.revision SET state = 'reverting', steps = {}, steps_done = 0 WHERE id = {}",
                       revision.steps, QuoteLiteral(recorded.id));
  }
  // What was recorded before a step outside transactions still stands when the step is tried again.
  const bool stands = plan_.steps[number].transaction == TransactionMode::kNone;
  return fmt::format(
      "INSERT INTO schemadiff.revision (id, checksum, message, state, steps, steps_done, host, tool_version)\n"
      "  VALUES ({}, {}, {}, 'applying', {}, 0, {}, {}){}",
      QuoteLiteral(recorded.id), QuoteLiteral(recorded.checksum), QuoteLiteral(recorded.message), revision.steps,
      QuoteLiteral(writer_.host), QuoteLiteral(writer_.tool_version), stands ? " ON CONFLICT DO NOTHING" : "");
}

std::string LedgerRecorder::LogStep(std::size_t number, std::string_view more_columns,
                                    std::string_view more_values) const {
  const Step& step = plan_.steps[number];
  const std::string summary = fmt::format("{} {} {}", Name(step.verb), step.object_kind, step.object_name);
  return fmt::format(
      "INSERT INTO schemadiff.step (revision, direction, number, summary, host, state{})\n"
      "  VALUES ({}, '{}', {}, {}, {}, {})",
      more_columns, QuoteLiteral(step.revision), Name(direction_), step.revision_step, QuoteLiteral(summary),
      QuoteLiteral(writer_.host), more_values);
}

std::vector<std::string> LedgerRecorder::Before(std::size_t number) const {
  const RunningRevision& revision = revisions_.at(plan_.steps[number].revision);
  std::vector<std::string> out;
  if (IsFirst(number) && !revision.is_begun) out.push_back(Begin(number));
  out.push_back(LogStep(number, "", "'started'"));
  return AsWhoLoggedIn(std::move(out));
}

std::vector<std::string> LedgerRecorder::After(std::size_t number) const {
  const Step& step = plan_.steps[number];
  const RunningRevision& revision = revisions_.at(step.revision);
  const std::string id = QuoteLiteral(step.revision);
  std::vector<std::string> out{
      fmt::format("UPDATE schemadiff.step SET state = 'done', finished_at = clock_timestamp() WHERE {}", kThisRow)};
  if (step.revision_step < revision.steps) {
    out.push_back(fmt::format("UPDATE schemadiff.revision SET steps = {}, steps_done = {} WHERE id = {}",
                              revision.steps, step.revision_step, id));
  } else if (direction_ == Direction::kDowngrade) {
    out.push_back(fmt::format("DELETE FROM schemadiff.revision WHERE id = {}", id));
  } else {
    out.push_back(
        fmt::format("UPDATE schemadiff.revision SET state = 'applied', steps = {}, steps_done = {}, finished_at = "
                    "clock_timestamp() WHERE id = {}",
                    revision.steps, step.revision_step, id));
  }
  return AsWhoLoggedIn(std::move(out));
}

std::vector<std::string> LedgerRecorder::Failed(std::size_t number, const Diagnostic& why, bool left_behind) const {
  const Step& step = plan_.steps[number];
  const std::string_view state = left_behind ? "'interrupted'" : "'failed'";
  const std::string error = QuoteLiteral(Masked(step, why.message));
  const std::string sqlstate = why.sqlstate.empty() ? "NULL" : QuoteLiteral(why.sqlstate);
  if (step.transaction != TransactionMode::kNone) {
    return AsWhoLoggedIn({LogStep(number, ", finished_at, error, sqlstate",
                                  fmt::format("{}, clock_timestamp(), {}, {}", state, error, sqlstate))});
  }
  return AsWhoLoggedIn(
      {fmt::format("UPDATE schemadiff.step SET state = {}, finished_at = clock_timestamp(), error = {}, sqlstate = "
                   "{}\n  WHERE {} AND state = 'started'",
                   state, error, sqlstate, kThisRow)});
}

}  // namespace schemadiff
