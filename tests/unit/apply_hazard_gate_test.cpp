#include <doctest/doctest.h>

#include "apply/hazard_gate.h"

namespace schemadiff {
namespace {

Plan PlanWith(std::vector<std::vector<Hazard>> hazards) {
  Plan plan;
  for (auto& of_step : hazards) {
    plan.steps.push_back({.object_kind = "column", .object_name = "public.t.c", .verb = Verb::kDrop, .hazards = of_step});
  }
  return plan;
}

TEST_CASE("hazards that nobody accepted are refused, each step named, with the option to give") {
  const Plan plan = PlanWith({{{HazardKind::kDataLoss, "its values"}, {HazardKind::kMayFail, ""}},
                              {},
                              {{HazardKind::kOpaque, "a body"}}});
  const Diagnostics refused = CheckHazards(plan, {HazardKind::kMayFail});
  REQUIRE(refused.items().size() == 2);
  CHECK(refused.ExitCode() == 3);
  CHECK(refused.items()[0].message == "step 1, drop column public.t.c: data-loss (its values)");
  CHECK(refused.items()[0].hint.empty());
  CHECK(refused.items()[1].message == "step 3, drop column public.t.c: opaque (a body)");
  CHECK(refused.items()[1].hint == "nothing was done; to accept this, give `--allow data-loss,may-fail,opaque`");
}

TEST_CASE("what is allowed, or accepted by an annotation, passes") {
  const Plan plan = PlanWith({{{HazardKind::kDataLoss, "x", "moved to the archive"}}, {{HazardKind::kOpaque, "y"}}});
  CHECK(CheckHazards(plan, {HazardKind::kOpaque}).empty());
  CHECK(CheckHazards(Plan{}, {}).empty());
  const Diagnostics refused = CheckHazards(plan, {});
  REQUIRE(refused.items().size() == 1);
  CHECK(refused.items()[0].hint.ends_with("`--allow opaque`"));
}

}  // namespace
}  // namespace schemadiff
