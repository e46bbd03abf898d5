#include <doctest/doctest.h>

#include "report/plan_sql.h"
#include "report/plan_text.h"
#include "report/words.h"
#include "report_sample.h"

namespace schemadiff::test::report_text {
namespace {

TEST_CASE("numbers are written for people") {
  CHECK(HumanCount(0) == "0");
  CHECK(HumanCount(999) == "999");
  CHECK(HumanCount(1000) == "1,000");
  CHECK(HumanCount(1234567) == "1,234,567");
  CHECK(HumanCount(-123456) == "-123,456");
  CHECK(HumanBytes(8192) == "8.0 kB");
  CHECK(HumanBytes(1023) == "1023 bytes");
  CHECK(HumanBytes(356515840) == "340 MB");
  CHECK(EstimateText({.rows = 1, .bytes = -1}) == "about 1 row");
  CHECK(EstimateText({.rows = -1, .bytes = 10}) == "about 10 bytes");
  CHECK(EstimateText({}).empty());
  CHECK(ServerVersionText(170006) == "17.6");
}

TEST_CASE("a lock is for an instant only when nothing in its transaction scans after it") {
  Plan plan = SamplePlan();
  const Lock& lock = plan.steps[0].locks[0];
  CHECK(LockText(plan, 0, lock) ==
        "ACCESS EXCLUSIVE on public.orders: waits for and then stops all readers and writers, for an instant");
  plan.steps[1].scans = {"public.big"};
  CHECK(LockText(plan, 0, lock).ends_with(", until step 2 is done, in which public.big is read whole"));
  plan.steps[0].scans = {"public.orders"};
  CHECK(LockText(plan, 0, lock)
            .ends_with(", while it is read whole, and until step 2 is done, in which public.big is read whole"));
  plan.steps[1].scans.clear();
  CHECK(LockText(plan, 0, lock).ends_with(", while it is read whole"));
  plan.steps[0].rewrites = {"public.a", "public.b"};
  CHECK(LockText(plan, 0, lock).ends_with(", while public.a and public.b are rewritten"));
}

TEST_CASE("a lock that the transaction holds already is not explained again") {
  Plan plan = SamplePlan();
  const Lock exclusive = plan.steps[0].locks[0];
  CHECK(LockText(plan, 1, exclusive) == "ACCESS EXCLUSIVE on public.orders, since step 1");
  CHECK(LockText(plan, 1, {"public.orders", LockMode::kShareRowExclusive}) ==
        "SHARE ROW EXCLUSIVE on public.orders, under ACCESS EXCLUSIVE, since step 1");
  CHECK(LockText(plan, 1, {"public.other", LockMode::kShare}).ends_with("for an instant"));
  plan.steps[1].scans = {"public.orders"};
  CHECK(LockText(plan, 1, exclusive).ends_with(", while it is read whole"));
}

TEST_CASE("the text of a plan") {
  CheckGolden("plan.txt", PlanText(SamplePlan()));
  CheckGolden("plan_color.txt", PlanText(SamplePlan(), {.color = true}));
}

TEST_CASE("colour adds escapes and nothing else") {
  std::string colored = PlanText(SamplePlan(), {.color = true});
  for (std::size_t at = colored.find('\x1b'); at != std::string::npos; at = colored.find('\x1b')) {
    colored.erase(at, colored.find('m', at) - at + 1);
  }
  CHECK(colored == PlanText(SamplePlan()));
}

TEST_CASE("the empty plan says so") {
  const Plan plan{.database = "shop", .steps = {}};
  CHECK(PlanText(plan) == "no changes: database `shop` has the desired schema\n");
  CHECK(PlanSql(plan) == "-- no changes: database `shop` has the desired schema\n");
}

TEST_CASE("a plan without a database names its states") {
  Plan plan = SamplePlan();
  plan.database.clear();
  plan.from = "git:main:schema";
  plan.to = "schema";
  plan.postgres_version = 170000;
  CHECK(OccasionText(plan) == "from `git:main:schema` to `schema` on PostgreSQL 17");
  CHECK(PlanText(plan, {}).starts_with("plan from `git:main:schema` to `schema` on PostgreSQL 17\n"));
  CHECK(PlanSql(plan).find("-- made from `git:main:schema` to `schema` on PostgreSQL 17\n") != std::string::npos);
  plan.steps.clear();
  CHECK(SummaryLine(plan) == "no changes: `git:main:schema` and `schema` declare the same schema");
}

TEST_CASE("the summary counts") {
  CHECK(SummaryLine(SamplePlan()) ==
        "plan: 2 to create, 1 to alter, 1 to replace, 1 to drop, in 5 steps; 4 hazards: 1 data-loss, 1 blocks-reads, "
        "1 table-rewrite, 1 opaque (1 accepted by annotation)");
  Plan plan = SamplePlan();
  plan.steps.resize(1);
  CHECK(SummaryLine(plan) == "plan: 1 to create, in 1 step; no hazards");
  // The same object created and then altered, and another dropped and made anew.
  plan.steps.resize(4, plan.steps[0]);
  plan.steps[1].verb = Verb::kAlter;
  plan.steps[2].object_name = plan.steps[3].object_name = "public.orders.other";
  plan.steps[2].verb = Verb::kDrop;
  CHECK(SummaryLine(plan) == "plan: 1 to create, 1 to replace, in 4 steps; no hazards");
}

TEST_CASE("names cannot steer the terminal or leave a comment") {
  Plan plan = SamplePlan();
  plan.steps.resize(1);
  plan.steps[0].object_name = "public.\"a\nDROP TABLE b;\x1b[2J\"";
  plan.steps[0].sql = {"SELECT '\x1b[2J'"};
  const std::string text = PlanText(plan);
  CHECK(text.find('\x1b') == std::string::npos);
  CHECK(text.find("\\x1b[2J") != std::string::npos);
  const std::string sql = PlanSql(plan);
  CHECK(sql.find("\nDROP TABLE b;") == std::string::npos);
  CHECK(sql.find("SELECT '\x1b[2J';") != std::string::npos);
}

TEST_CASE("the script for psql") { CheckGolden("plan.sql", PlanSql(SamplePlan(), {.lock_timeout = "1500ms"})); }

TEST_CASE("a statement that ends in a comment still ends") {
  Plan plan = SamplePlan();
  plan.steps.resize(1);
  plan.steps[0].sql = {"CREATE VIEW v AS SELECT 1 -- one"};
  CHECK(PlanSql(plan).find("SELECT 1 -- one\n;\n") != std::string::npos);
}

}  // namespace
}  // namespace schemadiff::test::report_text
