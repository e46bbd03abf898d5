#include "cli/reconcile.h"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <algorithm>

#include "../revision/sample.h"
#include "cli/revision_plan.h"

namespace schemadiff::test::cli_reconcile {
namespace {

const LedgerWriter kWriter{.host = "here", .tool_version = "9.9"};
const ReconcileOptions kOptions{.database = "shop", .folder = "revisions"};

LedgerRevision Row(const std::string& id, RevisionState state = RevisionState::kApplied, int done = 0) {
  return {.id = id, .checksum = "sum of " + id, .state = state, .steps = 3, .steps_done = done};
}

Ledger LedgerOf(std::vector<LedgerRevision> rows) { return {.layout = 1, .revisions = std::move(rows)}; }

std::string Refusal(const Ledger& ledger, const RevisionGraph& graph, const ReconcileOptions& options = kOptions) {
  const auto there = Reconcile(ledger, graph, options, kWriter);
  return there ? std::string() : Told(there.error());
}

Reconciled Fine(const Ledger& ledger, const RevisionGraph& graph, const ReconcileOptions& options = kOptions) {
  Result<Reconciled> there = Reconcile(ledger, graph, options, kWriter);
  REQUIRE_MESSAGE(there.has_value(), Told(there.error()));
  return std::move(*there);
}

bool Has(const std::string& text, std::string_view words) { return text.find(words) != std::string::npos; }

Revision Written(const std::string& id, std::vector<std::string> parents, const std::string& text) {
  Revision out = RevisionOf(id, std::move(parents));
  out.file = std::make_shared<SourceFile>("revisions/" + id + "_x.sql", text);
  return out;
}

TEST_CASE("what fits needs no bookkeeping") {
  const RevisionGraph graph = GraphOf({RevisionOf("a"), RevisionOf("b", {"a"})});
  const Reconciled there = Fine(LedgerOf({Row("a")}), graph);
  CHECK(there.bookkeeping.empty());
  CHECK(there.In({RevisionState::kApplied}) == std::set<std::string>{"a"});
}

TEST_CASE("what does not fit is refused, all of it") {
  const RevisionGraph graph = GraphOf({RevisionOf("a")});
  LedgerRevision changed = Row("a");
  changed.checksum = "another";
  const std::string told = Refusal(LedgerOf({changed, Row("x")}), graph);
  CHECK(told.starts_with("3\n"));
  CHECK(Has(told, "sum of a"));
  CHECK(Has(told, "another"));
  CHECK(Has(told, "`x`, which the folder `revisions` does not hold"));
}

TEST_CASE("a changed file is recorded where that is asked for") {
  const RevisionGraph graph = GraphOf({RevisionOf("a")});
  LedgerRevision changed = Row("a", RevisionState::kApplying, 2);
  changed.checksum = "another";
  const Reconciled there = Fine(LedgerOf({changed}), graph, {.database = "shop", .accept_changed = true});
  CHECK(there.Find("a")->checksum == "sum of a");
  CHECK(there.bookkeeping.size() == 2);
  CHECK(Has(there.notes.front(), "first 2 steps count as done"));
}

TEST_CASE("a squashed revision takes the place of those that it stands for") {
  const RevisionGraph graph = GraphOf({SquashOf("s", {"a", "b"})});
  const Reconciled there = Fine(LedgerOf({Row("a"), Row("b")}), graph);
  CHECK(there.In({RevisionState::kApplied}) == std::set<std::string>{"s"});
  CHECK(there.bookkeeping.size() == 4);
  CHECK(Has(Refusal(LedgerOf({Row("a")}), graph), "has only some of them: a"));
  CHECK(Has(Refusal(LedgerOf({Row("a"), Row("b", RevisionState::kApplying)}), graph), "b in part"));
  CHECK(Fine(LedgerOf({}), graph).bookkeeping.empty());
}

TEST_CASE("one that kept its id is known by the checksum of before") {
  Revision squashed = SquashOf("b", {"a", "b"});
  squashed.checksum = "sum of both";
  const RevisionGraph graph = GraphOf({squashed});
  const Reconciled there = Fine(LedgerOf({Row("b")}), graph);
  CHECK(there.Find("b")->checksum == "sum of both");
  LedgerRevision taken = Row("b");
  taken.checksum = "sum of both";
  CHECK(Fine(LedgerOf({taken}), graph).bookkeeping.empty());
}

TEST_CASE("what is done of a revision is left out, what was cut off begins anew") {
  const std::string text =
      "BEGIN;\nSELECT 1;\nCOMMIT;\n\n-- step 2: create index i (expand)\n--   before a retry, if this fails: DROP "
      "INDEX i\n"
      "CREATE INDEX CONCURRENTLY i ON t (a);\n\nBEGIN;\nSELECT 3;\nCOMMIT;\n";
  const RevisionGraph graph = GraphOf({Written("a", {}, text), Written("b", {"a"}, text)});
  LedgerRevision row = Row("a", RevisionState::kApplying, 1);
  row.last = {.number = 2, .summary = "create index i", .state = "started"};
  const Reconciled there = Fine(LedgerOf({row}), graph);
  CHECK(Has(there.bookkeeping.front(), "'interrupted'"));
  const auto planned = PlanUpgrade(graph, there, "head");
  REQUIRE(planned);
  std::string seen;
  for (const Step& step : planned->plan.steps) {
    seen += fmt::format("{}{}:{}x{} ", step.revision, step.revision_step, step.group, step.sql.size());
  }
  CHECK(seen == "a2:1x2 a3:2x1 b1:3x1 b2:4x1 b3:5x1 ");
  CHECK(planned->plan.steps[0].sql.front() == "DROP INDEX CONCURRENTLY IF EXISTS i");
  CHECK(planned->revisions.front().is_begun);
  CHECK(planned->revisions.front().steps == 3);
  const auto refused = PlanDowngrade(graph, there, "base");
  REQUIRE(!refused);
  CHECK(Has(Told(refused.error()), "half applied: 1 of 3 steps are done"));
}

TEST_CASE("an index that was dropped before that could be recorded is no error") {
  const RevisionGraph graph = GraphOf({Written("a", {}, "DROP INDEX CONCURRENTLY i;\n")});
  LedgerRevision row = Row("a", RevisionState::kApplying, 0);
  row.last = {.number = 1, .summary = "drop index i", .state = "started"};
  const auto planned = PlanUpgrade(graph, Fine(LedgerOf({row}), graph), "head");
  REQUIRE(planned);
  CHECK(planned->plan.steps[0].sql == std::vector<std::string>{"DROP INDEX CONCURRENTLY IF EXISTS i"});
}

TEST_CASE("a merge has a step that only records it") {
  const RevisionGraph graph = GraphOf({RevisionOf("a"), RevisionOf("b"), Written("m", {"a", "b"}, "-- nothing\n")});
  const auto planned = PlanUpgrade(graph, Fine(LedgerOf({Row("a"), Row("b")}), graph), "head");
  REQUIRE(planned);
  REQUIRE(planned->plan.steps.size() == 1);
  CHECK(planned->plan.steps[0].sql.empty());
  CHECK(planned->plan.steps[0].revision_step == 1);
  CHECK(PlanDowngrade(graph, Fine(LedgerOf({Row("a"), Row("b"), Row("m")}), graph), "-1"));
}

}  // namespace
}  // namespace schemadiff::test::cli_reconcile
