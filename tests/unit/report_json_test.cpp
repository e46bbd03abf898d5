#include <doctest/doctest.h>

#include "report/plan_json.h"
#include "report_sample.h"

namespace schemadiff::test::report_json {
namespace {

std::string Replaced(std::string text, std::string_view what, std::string_view with) {
  const std::size_t at = text.find(what);
  REQUIRE(at != std::string::npos);
  return text.replace(at, what.size(), with);
}

std::string ErrorOf(std::string_view text) {
  const Result<Plan> plan = ParsePlanJson(text, "plan.json");
  REQUIRE_FALSE(plan.has_value());
  CHECK(plan.error().ExitCode() == 65);
  return plan.error().items().front().message;
}

TEST_CASE("a saved plan is the plan") {
  const Plan plan = SamplePlan();
  CheckGolden("plan.json", PlanJson(plan));
  const Result<Plan> read = ParsePlanJson(PlanJson(plan), "plan.json");
  REQUIRE(read.has_value());
  CHECK(*read == plan);
  CHECK(PlanJson(*read) == PlanJson(plan));
}

TEST_CASE("every value of every enumeration and awkward text come back") {
  Plan plan = SamplePlan();
  for (int i = 0; i < 10; ++i) plan.steps[0].hazards.push_back({static_cast<HazardKind>(i), "r", ""});
  for (int i = 0; i < 8; ++i) plan.steps[0].locks.push_back({"t", static_cast<LockMode>(i)});
  for (int i = 0; i < 5; ++i) plan.steps[static_cast<std::size_t>(i)].verb = static_cast<Verb>(i);
  plan.steps[0].sql = {"SELECT '\xff\xfe', '\x01\t\"\\', 'ä\u2028😀'", ""};
  plan.steps[1].estimate = {.rows = INT64_MAX, .bytes = 0};
  const Result<Plan> read = ParsePlanJson(PlanJson(plan), "plan.json");
  REQUIRE(read.has_value());
  CHECK(*read == plan);
}

TEST_CASE("the empty plan comes back") {
  const Result<Plan> read = ParsePlanJson(PlanJson(Plan{}), "plan.json");
  REQUIRE(read.has_value());
  CHECK(*read == Plan{});
}

TEST_CASE("every truncation is refused") {
  const std::string text = PlanJson(SamplePlan());
  // The last byte is the newline after the closing brace.
  for (std::size_t size = 0; size + 1 < text.size(); ++size) {
    const Result<Plan> plan = ParsePlanJson(std::string_view(text).substr(0, size), "plan.json");
    REQUIRE_FALSE(plan.has_value());
    REQUIRE(plan.error().ExitCode() == 65);
  }
  CHECK(ErrorOf(text.substr(0, text.size() / 2)).starts_with("`plan.json` is no saved plan, or is cut off: "));
}

TEST_CASE("foreign files are refused with what is wrong") {
  const std::string text = PlanJson(SamplePlan());
  CHECK(ErrorOf("CREATE TABLE t ();").starts_with("`plan.json` is no saved plan, or is cut off: "));
  CHECK(ErrorOf("{\"format\": \"other\"}") == "`plan.json` is JSON, but no saved plan");
  CHECK(ErrorOf("[1]") == "`plan.json` is JSON, but no saved plan");
  CHECK(ErrorOf(Replaced(text, "\"version\": 3", "\"version\": 4")) ==
        "`plan.json` is a plan of format version 4; this schemadiff reads version 3");
  CHECK(ErrorOf(Replaced(text, "\"verb\": \"create\"", "\"verb\": \"explode\"")) ==
        "`plan.json` is no valid plan: `steps[0].verb` cannot be `explode`");
  CHECK(ErrorOf(Replaced(text, "\"database\"", "\"databases\"")) ==
        "`plan.json` is no valid plan: `database` is missing");
  CHECK(ErrorOf(Replaced(text, "\"group\": 1", "\"group\": \"1\"")) ==
        "`plan.json` is no valid plan: `steps[0].group` must be a whole number");
  CHECK(ErrorOf(Replaced(text, "\"group\": 1", "\"group\": 99999999999")) ==
        "`plan.json` is no valid plan: `steps[0].group` must be a whole number");
  CHECK(ErrorOf(Replaced(text, "\"group\": 2", "\"group\": 0")) ==
        "`plan.json` is no valid plan: `steps[2].group` must not descend, from 1");
  CHECK(ErrorOf(Replaced(text, "\"group\": 2", "\"group\": 1")) ==
        "`plan.json` is no valid plan: `steps[2].group` must be of its own, since a step runs outside transactions");
  CHECK(ErrorOf(Replaced(text, "\"note\": \"\"", "\"note\": \"\", \"extra\": 1")) ==
        "`plan.json` is no valid plan: `steps[0]` has keys that are not known");
}

}  // namespace
}  // namespace schemadiff::test::report_json
