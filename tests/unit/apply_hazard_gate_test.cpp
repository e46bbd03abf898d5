#include <doctest/doctest.h>

#include <algorithm>

#include "apply/hazard_gate.h"

namespace schemadiff::test::apply_hazard_gate {
namespace {

Plan PlanWith(std::vector<std::vector<Hazard>> hazards) {
  Plan plan;
  for (auto& of_step : hazards) {
    plan.steps.push_back(
        {.object_kind = "column", .object_name = "public.t.c", .verb = Verb::kDrop, .hazards = of_step});
  }
  return plan;
}

TEST_CASE("hazards that nobody accepted are refused, each with its steps, and the option to give") {
  const Plan plan = PlanWith({{{HazardKind::kDataLoss, "its values"}, {HazardKind::kMayFail, ""}},
                              {},
                              {{HazardKind::kOpaque, "a body"}, {HazardKind::kDataLoss, ""}}});
  const Diagnostics refused = CheckHazards(plan, {HazardKind::kMayFail});
  REQUIRE(refused.items().size() == 2);
  CHECK(refused.ExitCode() == 3);
  CHECK(refused.items()[0].message == "data-loss needs consent");
  CHECK(refused.items()[0].hint == "step 1, drop column public.t.c: its values\n  step 3, drop column public.t.c");
  CHECK(refused.items()[1].message == "opaque needs consent");
  CHECK(refused.items()[1].hint ==
        "step 3, drop column public.t.c: a body\n"
        "  nothing was done; to accept this, give `--allow data-loss,may-fail,opaque`");
}

TEST_CASE("of many steps with the same hazard some are shown") {
  const auto lines = [](std::size_t steps) {
    const Plan plan = PlanWith(std::vector<std::vector<Hazard>>(steps, {{HazardKind::kMayFail, "x"}}));
    const std::string hint = CheckHazards(plan, {}).items().front().hint;
    CHECK(hint.contains("more steps") == (steps > 6));
    return std::ranges::count(hint, '\n');
  };
  CHECK(lines(6) == 6);
  CHECK(lines(7) == 6);
  CHECK(lines(90) == 6);
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
}  // namespace schemadiff::test::apply_hazard_gate
