#include "cli/commands.h"
#include "cli/console.h"
#include "cli/session.h"

namespace schemadiff {
namespace {

constexpr int kDifferences = 2;

}  // namespace

int PlanCommand(const PlanCommandOptions& options) {
  const Console console(options.common.quiet, options.common.no_color);
  if (const Result<Format> format = ChosenFormat(options.common); !format) return console.Fail(format.error());
  Result<Session> session = Session::OpenToPlan(options.common, console);
  if (!session) return console.Fail(session.error());
  const Result<Plan> plan = session->MakePlanShown(console);
  if (!plan) return console.Fail(plan.error());
  const Result<void> delivered = Deliver(*plan, options.common, session->settings(), console);
  if (!delivered) return console.Fail(delivered.error());
  return options.exit_code && !plan->empty() ? kDifferences : 0;
}

}  // namespace schemadiff
