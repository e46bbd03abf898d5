#include "apply/ledger_recorder.h"

#include <fmt/format.h>

#include "support/quote.h"
#include "support/redact.h"

namespace schemadiff {
namespace {

// The row of the log that this session added last: what the sequence of an identity column gave last is the session's
// own, whatever others do.
constexpr std::string_view kThisRow = "id = currval('schemadiff.step_id_seq')";

std::string Masked(const Step& step, const std::string& text) { return MaskSecrets(step.secrets.Mask(text)); }

}  // namespace

std::string_view Name(Direction direction) { return direction == Direction::kUpgrade ? "upgrade" : "downgrade"; }

LedgerRecorder::LedgerRecorder(const Plan& plan, const std::vector<RunningRevision>& revisions, Direction direction,
                               LedgerWriter writer)
    : plan_(plan), direction_(direction), writer_(std::move(writer)) {
  for (const RunningRevision& revision : revisions) revisions_.emplace(revision.recorded.id, revision);
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
  return out;
}

std::vector<std::string> LedgerRecorder::After(std::size_t number) const {
  const Step& step = plan_.steps[number];
  const RunningRevision& revision = revisions_.at(step.revision);
  const std::string id = QuoteLiteral(step.revision);
  std::vector<std::string> out{
      fmt::format("UPDATE schemadiff.step SET state = 'done', finished_at = clock_timestamp() WHERE {}", kThisRow)};
  if (step.revision_step < revision.steps) {
    out.push_back(fmt::format("UPDATE schemadiff.revision SET steps_done = {} WHERE id = {}", step.revision_step, id));
  } else if (direction_ == Direction::kDowngrade) {
    out.push_back(fmt::format("DELETE FROM schemadiff.revision WHERE id = {}", id));
  } else {
    out.push_back(
        fmt::format("UPDATE schemadiff.revision SET state = 'applied', steps_done = {}, finished_at = "
                    "clock_timestamp() WHERE id = {}",
                    step.revision_step, id));
  }
  return out;
}

std::vector<std::string> LedgerRecorder::Failed(std::size_t number, const Diagnostic& why, bool left_behind) const {
  const Step& step = plan_.steps[number];
  const std::string_view state = left_behind ? "'interrupted'" : "'failed'";
  const std::string error = QuoteLiteral(Masked(step, why.message));
  const std::string sqlstate = why.sqlstate.empty() ? "NULL" : QuoteLiteral(why.sqlstate);
  if (step.transaction != TransactionMode::kNone) {
    return {LogStep(number, ", finished_at, error, sqlstate",
                    fmt::format("{}, clock_timestamp(), {}, {}", state, error, sqlstate))};
  }
  return {
      fmt::format("UPDATE schemadiff.step SET state = {}, finished_at = clock_timestamp(), error = {}, sqlstate = "
                  "{}\n  WHERE {} AND state = 'started'",
                  state, error, sqlstate, kThisRow)};
}

}  // namespace schemadiff
