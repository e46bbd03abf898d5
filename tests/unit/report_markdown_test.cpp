#include <doctest/doctest.h>

#include "report/plan_markdown.h"
#include "report_sample.h"

namespace schemadiff::test::report_markdown {
namespace {

TEST_CASE("the comment of a pull request") { CheckGolden("plan.md", PlanMarkdown(SamplePlan())); }

TEST_CASE("the comment of an empty plan") {
  CHECK(PlanMarkdown(Plan{.database = "shop", .steps = {}}) ==
        "### schemadiff: no changes\n\ndatabase `shop` has the desired schema\n");
}

TEST_CASE("names and SQL stay in their place") {
  Plan plan = SamplePlan();
  plan.steps.resize(1);
  plan.steps[0].object_name = "public.\"a|b`c\"";
  plan.steps[0].sql = {"SELECT '```'"};
  plan.steps[0].hazards = {{HazardKind::kMayFail, "<img src=x> [a](b)", ""}};
  const std::string text = PlanMarkdown(plan);
  CHECK(text.find("| 1 | create column `` public.\"a\\|b`c\" `` |") != std::string::npos);
  CHECK(text.find("\n````sql\n") != std::string::npos);
  CHECK(text.find("\\<img src=x\\> \\[a\\](b)") != std::string::npos);
}

TEST_CASE("a comment is never longer than allowed, and says what is left out") {
  Plan plan = SamplePlan();
  const std::vector<Step> steps = plan.steps;
  for (int i = 1; i < 2000; ++i) plan.steps.insert(plan.steps.end(), steps.begin(), steps.end());
  const std::string text = PlanMarkdown(plan);
  CHECK(text.size() < 60'000);
  CHECK(text.find("\nand ") != std::string::npos);
  CHECK(text.find(" more steps\n\nThe SQL is too long for a comment; see `schemadiff plan --format sql`.") !=
        std::string::npos);
  CHECK(text.find(" more hazards\n") != std::string::npos);
}

}  // namespace
}  // namespace schemadiff::test::report_markdown
