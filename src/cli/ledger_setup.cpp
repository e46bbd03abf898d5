#include "cli/ledger_setup.h"

#include "apply/execute.h"
#include "cli/pipeline.h"
#include "support/text_tree.h"

namespace schemadiff {
Result<Plan> PlanLedger(Connection& connection) {
  std::vector files{std::make_shared<const SourceFile>("ledger.sql", std::string(LedgerSchemaSql()))};
  PipelineOptions options{.files = std::make_shared<TextTree>(std::move(files), TextTree::Order::kAny),
                          .fingerprints = false};
  options.manage.own_schema = true;
  return MakePlan(connection, options).transform([](PlannedMigration&& made) { return std::move(made.plan); });
}

Result<void> EnsureLedger(Session& session, const Ledger& ledger, std::string command) {
  if (ledger.layout == kLedgerLayout) return {};
  const Result<Plan> plan = PlanLedger(session.connection());
  if (!plan) return std::unexpected(plan.error());
  ApplyObserver nobody;
  const ApplyOptions how{.lock_timeout = session.settings().environment.lock_timeout, .command = std::move(command)};
  const Result<ApplyReport> made = ExecutePlan(*plan, session.connection(), how, nobody);
  if (made) return {};
  Diagnostics told;
  for (Diagnostic problem : made.error().items()) {
    problem.message = "cannot make the ledger, which nothing runs without: " + problem.message;
    told.Add(std::move(problem));
  }
  return std::unexpected(told);
}

}  // namespace schemadiff
