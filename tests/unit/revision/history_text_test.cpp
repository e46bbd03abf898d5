#include "revision/history_text.h"

#include <fmt/format.h>

#include <algorithm>

#include "sample.h"

namespace schemadiff::test::revision_history_text {
namespace {

RevisionGraph Branched() {
  return GraphOf({RevisionOf("a"), RevisionOf("b", {"a"}), RevisionOf("c", {"a"}), RevisionOf("d", {"b", "c"}),
                  RevisionOf("e", {"c"})});
}

std::string History(const RevisionGraph& graph, std::string_view range = ":") {
  const Result<RevisionGraph::List> listed = RevisionRange(graph, range);
  return listed ? HistoryText(graph, *listed) : Told(listed.error());
}

}  // namespace

TEST_CASE("a history is told from the end, with parents where they are not the next line") {
  CHECK(History(GraphOf({RevisionOf("a"), RevisionOf("b", {"a"}), RevisionOf("c", {"b"})})) ==
        "c  message of c (head)\n"
        "b  message of b\n"
        "a  message of a (base)\n");
  CHECK(History(Branched()) ==
        "e  message of e <- c (head)\n"
        "d  message of d <- b, c (head) (merge)\n"
        "c  message of c <- a (branch point)\n"
        "b  message of b\n"
        "a  message of a (branch point) (base)\n");
  CHECK(History(Branched(), "c:d") ==
        "d  message of d <- b, c (head) (merge)\n"
        "c  message of c <- a (branch point)\n");
  CHECK(History(GraphOf({})).empty());
}

TEST_CASE("heads and branches stand by themselves") {
  CHECK(HeadsText(Branched()) ==
        "e  message of e (head)\n"
        "d  message of d (head) (merge)\n");
  CHECK(BranchesText(Branched()) ==
        "c  message of c (branch point)\n"
        "  -> d  message of d (head) (merge)\n"
        "  -> e  message of e (head)\n"
        "a  message of a (branch point) (base)\n"
        "  -> b  message of b\n"
        "  -> c  message of c (branch point)\n");
  CHECK(BranchesText(GraphOf({RevisionOf("a")})).empty());
}

TEST_CASE("what files say cannot drive a terminal") {
  Revision revision = RevisionOf("a\x1b[2J");
  revision.message = "first\nsecond\x1b]0;title\x07";
  const RevisionGraph graph = GraphOf({revision});
  CHECK(History(graph) == "a?[2J  first second?]0;title? (head) (base)\n");
  CHECK(RevisionFacts(graph, graph.revisions().front()).find('\x1b') == std::string::npos);
  CHECK(RevisionsJson(graph, graph.Heads()).find('\x1b') == std::string::npos);
}

TEST_CASE("the facts of a revision are those that are known") {
  Revision squash = SquashOf("c", {"a", "b", "c"});
  squash.created = "2026-11-29T04:00:28Z";
  squash.tool = "0.1.0";
  squash.postgres_version = 17;
  squash.before = "0000";
  squash.after = "1111";
  squash.down = std::make_shared<SourceFile>("revisions/c_x.down.sql", "SELECT 2;\n");
  const RevisionGraph graph = GraphOf({squash, RevisionOf("d", {"c"}), RevisionOf("e", {"b"})});
  CHECK(RevisionFacts(graph, *graph.Find("c")) ==
        "revision  c (branch point) (base) (squash of 3)\n"
        "message   message of c\n"
        "under     d, e\n"
        "replaces  a, b, c\n"
        "created   2026-11-29T04:00:28Z\n"
        "made by   schemadiff 0.1.0, for PostgreSQL 17\n"
        "before    0000\n"
        "after     1111\n"
        "checksum  sum of c\n"
        "file      revisions/c_x.sql\n"
        "way back  revisions/c_x.down.sql\n");
  CHECK(RevisionFacts(graph, *graph.Find("e")) ==
        "revision  e (head)\n"
        "message   message of e\n"
        "rests on  c\n"
        "checksum  sum of e\n"
        "file      revisions/e_x.sql\n"
        "way back  none\n");
}

TEST_CASE("JSON has every fact, and null for what is not known") {
  const RevisionGraph graph = GraphOf({RevisionOf("a"), RevisionOf("b", {"a"})});
  CHECK(RevisionsJson(graph, graph.Heads()) == R"({
  "format": "schemadiff-revisions",
  "version": 1,
  "revisions": [
    {
      "id": "b",
      "message": "message of b",
      "parents": [
        "a"
      ],
      "children": [],
      "head": true,
      "merge": false,
      "branch_point": false,
      "base": false,
      "created": null,
      "tool": null,
      "postgres_version": null,
      "before": null,
      "after": null,
      "replaces": [],
      "file": "revisions/b_x.sql",
      "down": null,
      "checksum": "sum of b"
    }
  ]
}
)");
  const std::string one = RevisionJson(graph, *graph.Find("a"));
  CHECK(one.find(R"("sql": "-- a\nSELECT 1;\n",
      "down_sql": null)") != std::string::npos);
  CHECK(RevisionsJson(GraphOf({}), {}).find(R"("revisions": [])") != std::string::npos);
}

TEST_CASE("SQL is shown without secrets and control characters") {
  Revision revision = RevisionOf("a");
  revision.file = std::make_shared<SourceFile>("a_x.sql", "ALTER ROLE r PASSWORD 'hunter2';\n-- \x1b[2J");
  revision.down = std::make_shared<SourceFile>("a_x.down.sql", "SELECT 'postgresql://u:hunter2@h/d';\n");
  CHECK(RevisionSql(revision) ==
        "\nALTER ROLE r PASSWORD *********;\n-- \\x1b[2J\n\nSELECT 'postgresql://u:*******@h/d';\n");
  CHECK(RevisionJson(GraphOf({revision}), revision).find("hunter2") == std::string::npos);
  revision.down = std::make_shared<SourceFile>("a_x.sql", "      \n    SELECT 2;\n   ");
  revision.file = std::make_shared<SourceFile>("a_x.sql", "    \nSELECT 1;\n    ");
  CHECK(RevisionSql(revision) == "\nSELECT 1;\n\n-- way back\nSELECT 2;\n");
}

TEST_CASE("2,000 revisions are 2,000 lines") {
  std::vector<Revision> chain{RevisionOf("0000")};
  for (int i = 1; i < 2'000; ++i) chain.push_back(RevisionOf(fmt::format("{:04}", i), {fmt::format("{:04}", i - 1)}));
  const std::string text = History(GraphOf(std::move(chain)));
  CHECK(std::ranges::count(text, '\n') == 2'000);
  CHECK(text.starts_with("1999  message of 1999 (head)\n1998  message of 1998\n"));
}

}  // namespace schemadiff::test::revision_history_text
