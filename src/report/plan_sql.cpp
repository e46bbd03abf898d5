#include "report/plan_sql.h"

#include <fmt/format.h>

#include <cstddef>

#include "report/step_sql.h"
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
  out += SecretsGuardSql(plan);
  for (const Group& group : Groups(plan)) {
    const bool transaction = group.mode != TransactionMode::kNone;
    out += '\n';
    if (transaction) out += fmt::format("BEGIN;\nSET LOCAL lock_timeout = {};\n\n", QuoteLiteral(options.lock_timeout));
    for (std::size_t i = group.first; i < group.first + group.count; ++i) {
      if (i > group.first) out += '\n';
      out += StepSql(plan, i);
    }
    if (transaction) out += "\nCOMMIT;\n";
  }
  return out;
}

}  // namespace schemadiff
