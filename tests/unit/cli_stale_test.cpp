#include <doctest/doctest.h>

#include "cli/stale.h"
#include "report_sample.h"

namespace schemadiff::test::cli_stale {
namespace {

TEST_CASE("a stale plan is refused with what changed") {
  const Plan saved = SamplePlan();
  Plan now = saved;
  now.steps.erase(now.steps.begin());
  now.steps[0].sql = {"CREATE FUNCTION f() ..."};
  const Diagnostic refusal = StalePlan(saved, now);
  CHECK(ExitCode(refusal.code) == 3);
  CHECK(refusal.message == "the plan is stale: the schema of database `shop` has changed since it was made");
  CHECK(refusal.hint ==
        "no longer needed: create column public.orders.note\n  no longer needed: replace function "
        "public.total(integer)\n  now needed besides: replace function public.total(integer)\n  nothing was done; plan "
        "again");
}

TEST_CASE("a stale plan whose steps are done, are the same, or cannot be known") {
  const Plan saved = SamplePlan();
  CHECK(StalePlan(saved, Plan{}).hint == "the database has the desired schema already; there is nothing to do");
  CHECK(StalePlan(saved, saved).hint ==
        "its steps would still be the same; what changed is beside them\n  nothing was done; plan again");
  CHECK(StalePlan(saved, std::nullopt).hint == "nothing was done; plan again");
}

TEST_CASE("a plan is cut before the first group of a later phase") {
  const Plan plan = SamplePlan();
  CHECK(CutAfterPhase(plan, Phase::kContract) == plan);
  const Plan expand = CutAfterPhase(plan, Phase::kExpand);
  REQUIRE(expand.steps.size() == 3);
  CHECK(expand.steps.back().group == 2);
  Plan mixed = plan;
  mixed.steps[1].phase = Phase::kContract;  // In one transaction with the first.
  CHECK(CutAfterPhase(mixed, Phase::kBackfill).empty());
}

}  // namespace
}  // namespace schemadiff::test::cli_stale
