#include "report/step_sql.h"

#include <fmt/format.h>

#include <string_view>

#include "report/words.h"
#include "support/quote.h"

namespace schemadiff {
namespace {

void Comment(std::string& out, std::string_view label, std::string_view text) {
  out += fmt::format("-- {}{}\n", label, OneLine(text));
}

}  // namespace

// The script would set passwords to `***`: it stops until they are put in.
std::string SecretsGuardSql(const Plan& plan) {
  std::vector<std::string> steps;
  for (std::size_t i = 0; i < plan.steps.size(); ++i) {
    if (plan.steps[i].masked > 0) steps.push_back(fmt::format("{}", i + 1));
  }
  if (steps.empty()) return {};
  const std::string list = fmt::format("{} {}", steps.size() == 1 ? "step" : "steps", Join(steps, ", "));
  return fmt::format(
      "-- secrets are shown as ***: put them into {}, then remove the next line\n"
      "DO $$BEGIN RAISE EXCEPTION 'the secrets of {} are not in this script'; END$$;\n",
      list, list);
}

std::string StatementsSql(std::span<const std::string> statements) {
  std::string out;
  // A statement may end in a comment, which would swallow a semicolon on its line.
  for (const std::string& sql : statements) out += sql + (sql.find("--") == std::string::npos ? ";\n" : "\n;\n");
  return out;
}

std::string StepSql(const Plan& plan, std::size_t index) {
  const Step& step = plan.steps[index];
  std::string out;
  const std::string where =
      step.transaction == TransactionMode::kNone ? "no transaction" : fmt::format("transaction {}", step.group);
  Comment(
      out, fmt::format("step {}: ", index + 1),
      fmt::format("{} {} {} ({}, {})", Name(step.verb), step.object_kind, step.object_name, Name(step.phase), where));
  for (const Lock& lock : step.locks) Comment(out, "  lock: ", LockText(plan, index, lock));
  for (const std::string& relation : step.rewrites) Comment(out, "  rewrites: ", relation);
  for (const std::string& relation : step.scans) Comment(out, "  scans: ", relation);
  if (const std::string estimate = EstimateText(step.estimate); !estimate.empty()) {
    Comment(out, "  estimate: ", estimate);
  }
  for (const Hazard& hazard : step.hazards) {
    Comment(out, hazard.accepted_because.empty() ? "  hazard: " : "  accepted hazard: ",
            fmt::format("{}: {}", Name(hazard.kind), hazard.reason));
    if (!hazard.accepted_because.empty()) Comment(out, "    because: ", hazard.accepted_because);
  }
  if (!step.note.empty()) Comment(out, "  note: ", step.note);
  if (!step.source.empty()) Comment(out, "  from: ", step.source);
  if (!step.cleanup.empty()) Comment(out, "  before a retry, if this fails: ", step.cleanup);
  return out + StatementsSql(step.sql);
}

}  // namespace schemadiff
