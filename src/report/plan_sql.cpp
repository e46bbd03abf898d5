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
  return fmt::format("for database {}, PostgreSQL {}{}", QuoteIdentifier(plan.database),
                     ServerVersionText(plan.postgres_version),
                     plan.live_fingerprint.empty() ? "" : ", schema " + plan.live_fingerprint);
}

// As `apply` sets its session: function bodies may use what a later step creates, and a timeout of the role would cut
// long steps off. lock_timeout is for transactions only; outside one it would cancel CREATE INDEX CONCURRENTLY while
// that waits for old snapshots, and leave an INVALID index.
void WriteSettings(std::string& out, const Plan& plan) {
  out += "SET client_encoding = 'UTF8';\nSET standard_conforming_strings = on;\nSET check_function_bodies = off;\n";
  out += "SET statement_timeout = 0;\nSET idle_in_transaction_session_timeout = 0;\nSET lock_timeout = 0;\n";
  out += fmt::format("SET search_path = {};\n", plan.search_path.empty() ? "''" : plan.search_path);
}

// What one revision sets and makes for its session is not for the next one.
void WriteSession(std::string& out, const Plan& plan, std::size_t step) {
  const bool first = step == 0;
  if (!first && plan.steps[step].session == plan.steps[step - 1].session &&
      plan.steps[step].revision == plan.steps[step - 1].revision) {
    return;
  }
  if (!first) {
    out += "\nRESET SESSION AUTHORIZATION;\nRESET ROLE;\nRESET ALL;\nDISCARD TEMP;\n";
    WriteSettings(out, plan);
  }
  out += StatementsSql(plan.steps[step].session);
}

class GroupWriter {
 public:
  GroupWriter(const Plan& plan, const SqlOptions& options) : plan_(plan), options_(options) {}

  std::string Write(const Group& group) const {
    return group.mode == TransactionMode::kNone ? Alone(group) : Transaction(group);
  }

 private:
  static std::string Of(const SqlOptions::StepStatements& statements, std::size_t step) {
    return statements ? StatementsSql(statements(step)) : std::string();
  }

  std::string Transaction(const Group& group) const {
    std::string out = fmt::format("\nBEGIN;\nSET LOCAL lock_timeout = {};\n\n", QuoteLiteral(options_.lock_timeout));
    for (std::size_t i = group.first; i < group.first + group.count; ++i) {
      if (i > group.first) out += '\n';
      out += Of(options_.before, i) + StepSql(plan_, i) + Of(options_.after, i);
    }
    return out + "\nCOMMIT;\n";
  }

  std::string Alone(const Group& group) const {
    const auto in_transaction = [](const std::string& sql) {
      return sql.empty() ? std::string() : fmt::format("BEGIN;\n{}COMMIT;\n", sql);
    };
    std::string out = "\n";
    for (std::size_t i = group.first; i < group.first + group.count; ++i) {
      if (i > group.first) out += '\n';
      out += in_transaction(Of(options_.before, i)) + StepSql(plan_, i) + in_transaction(Of(options_.after, i));
    }
    return out;
  }

  const Plan& plan_;
  const SqlOptions& options_;
};

}  // namespace

std::string PlanSql(const Plan& plan, const SqlOptions& options) {
  std::string out;
  Comment(out, "", SummaryLine(plan));
  for (const std::string& note : plan.notes) Comment(out, "note: ", note);
  if (plan.empty() && options.preamble.empty()) return out;
  if (!plan.empty()) Comment(out, "made ", Occasion(plan));
  out += "-- run with: psql -X -f FILE\n\n\\set ON_ERROR_STOP on\n";
  WriteSettings(out, plan);
  out += SecretsGuardSql(plan);
  if (!options.preamble.empty()) out += "\nBEGIN;\n" + StatementsSql(options.preamble) + "COMMIT;\n";
  const GroupWriter writer(plan, options);
  for (const Group& group : Groups(plan)) {
    WriteSession(out, plan, group.first);
    out += writer.Write(group);
  }
  return out;
}

}  // namespace schemadiff
