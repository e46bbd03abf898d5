#include "cli/ledger_setup.h"

#include "apply/execute.h"
#include "cli/pipeline.h"
#include "model/own_schema.h"

namespace schemadiff {
namespace {

/// One file, in memory.
class LedgerTree : public FileTree {
 public:
  Result<std::vector<std::string>> List() override { return std::vector<std::string>{"ledger.sql"}; }
  Result<std::string> Read(const std::string& /*file*/, const SourceLocation& /*location*/) override {
    return std::string(LedgerSchemaSql());
  }
  std::string Beside(const std::string& /*file*/, const std::string& path) const override { return path; }
  std::string Identity(const std::string& file) const override { return file; }
  bool Holds(const std::string& /*identity*/) const override { return false; }
};

}  // namespace

Result<Plan> PlanLedger(Connection& connection) {
  PipelineOptions options{.files = std::make_shared<LedgerTree>(), .fingerprints = false};
  options.manage.own_schema = true;
  return MakePlan(connection, options).transform([](PlannedMigration&& made) { return std::move(made.plan); });
}

Result<void> EnsureLedger(Session& session, const Ledger& ledger) {
  if (ledger.layout == kLedgerLayout) return {};
  const Result<Plan> plan = PlanLedger(session.connection());
  if (!plan) return std::unexpected(plan.error());
  ApplyObserver nobody;
  const ApplyOptions how{.lock_timeout = session.settings().environment.lock_timeout, .command = "the same command"};
  return ExecutePlan(*plan, session.connection(), how, nobody).transform([](const ApplyReport&) {});
}

}  // namespace schemadiff
