#include "report/plan_sql.h"

#include <fmt/format.h>

#include <cstddef>

#include "report/words.h"
#include "support/quote.h"

namespace schemadiff {
namespace {

void Comment(std::string& out, std::string_view label, std::string_view text) {
  out += fmt::format("-- {}{}\n", label, OneLine(text));
}

std::string Occasion(const Plan& plan) {
  if (!plan.from.empty()) return OccasionText(plan);
  return fmt::format("for database {}, PostgreSQL {}, schema {}", QuoteIdentifier(plan.database),
                     ServerVersionText(plan.postgres_version), plan.live_fingerprint);
}

// The script would set passwords to `***`: it stops until they are put in.
void WriteGuard(std::string& out, const Plan& plan) {
  std::vector<std::string> steps;
  for (std::size_t i = 0; i < plan.steps.size(); ++i) {
    if (plan.steps[i].masked > 0) steps.push_back(fmt::format("{}", i + 1));
  }
  if (steps.empty()) return;
  const std::string list = fmt::format("{} {}", steps.size() == 1 ? "step" : "steps", Join(steps, ", "));
  out += fmt::format("-- secrets are shown as ***: put them into {}, then remove the next line\n", list);
  out += fmt::format("DO $$BEGIN RAISE EXCEPTION 'the secrets of {} are not in this script'; END$$;\n", list);
}

void WriteStep(std::string& out, const Plan& plan, std::size_t index) {
  const Step& step = plan.steps[index];
  Comment(out, fmt::format("step {}: ", index + 1),
          fmt::format("{} {} {} ({})", Name(step.verb), step.object_kind, step.object_name, Name(step.phase)));
  for (const Lock& lock : step.locks) Comment(out, "  lock: ", LockText(plan, index, lock));
  for (const std::string& relation : step.rewrites) Comment(out, "  rewrites: ", relation);
  for (const std::string& relation : step.scans) Comment(out, "  scans: ", relation);
  if (const std::string estimate = EstimateText(step.estimate); !estimate.empty()) {
    Comment(out, "  estimate: ", estimate);
  }
  for (const Hazard& hazard : step.hazards) {
    Comment(out, hazard.accepted_because.empty() ? "  hazard: " : "  accepted hazard: ",
            fmt::format("{}: {}", Name(hazard.kind), hazard.reason));
  }
  if (!step.note.empty()) Comment(out, "  note: ", step.note);
  if (!step.source.empty()) Comment(out, "  from: ", step.source);
  if (!step.cleanup.empty()) Comment(out, "  before a retry, if this fails: ", step.cleanup);
  // A statement may end in a comment, which would swallow a semicolon on its line.
  for (const std::string& sql : step.sql) out += sql + (sql.find("--") == std::string::npos ? ";\n" : "\n;\n");
}

}  // namespace

std::string PlanSql(const Plan& plan, const SqlOptions& options) {
  std::string out;
  Comment(out, "", SummaryLine(plan));
  for (const std::string& note : plan.notes) Comment(out, "note: ", note);
  if (plan.empty()) return out;
  Comment(out, "made ", Occasion(plan));
  out += "-- run with: psql -X -f FILE\n\n\\set ON_ERROR_STOP on\n";
  // As `apply` sets its session: function bodies may use what a later step creates, and a timeout of the role would cut
  // long steps off. lock_timeout is for transactions only; outside one it would cancel CREATE INDEX CONCURRENTLY while
  // that waits for old snapshots, and leave an INVALID index.
  out += "SET client_encoding = 'UTF8';\nSET standard_conforming_strings = on;\nSET check_function_bodies = off;\n";
  out += "SET statement_timeout = 0;\nSET idle_in_transaction_session_timeout = 0;\nSET lock_timeout = 0;\n";
  out += fmt::format("SET search_path = {};\n", plan.search_path.empty() ? "''" : plan.search_path);
  WriteGuard(out, plan);
  for (const Group& group : Groups(plan)) {
    const bool transaction = group.mode != TransactionMode::kNone;
    out += '\n';
    if (transaction) out += fmt::format("BEGIN;\nSET LOCAL lock_timeout = {};\n\n", QuoteLiteral(options.lock_timeout));
    for (std::size_t i = group.first; i < group.first + group.count; ++i) {
      if (i > group.first) out += '\n';
      WriteStep(out, plan, i);
    }
    if (transaction) out += "\nCOMMIT;\n";
  }
  return out;
}

}  // namespace schemadiff
