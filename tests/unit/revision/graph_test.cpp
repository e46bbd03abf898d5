#include "revision/graph.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>

#include "sample.h"

namespace schemadiff::test::revision_graph {
namespace {

using Applied = std::set<std::string>;

std::string Wrong(std::vector<Revision> revisions) {
  const Result<RevisionGraph> graph = RevisionGraph::Of(std::move(revisions));
  return graph ? "nothing wrong" : Told(graph.error());
}

std::string Order(const RevisionGraph& graph) { return SpacedIds(graph.Ancestry(graph.Heads())); }

std::string Name(const RevisionGraph& graph, std::string_view text) {
  const Result<const Revision*> named = graph.Named(text);
  return named ? (*named)->id : Told(named.error());
}

std::string Up(const RevisionGraph& graph, std::string_view target, const Applied& applied = {}) {
  return IdsOrErrors(UpgradePath(graph, target, applied));
}

std::string Down(const RevisionGraph& graph, std::string_view target, const Applied& applied) {
  return IdsOrErrors(DowngradePath(graph, target, applied));
}

//   a - b - d - e
//     \ c /
RevisionGraph Diamond() {
  return GraphOf({RevisionOf("e1", {"d1"}), RevisionOf("d1", {"c1", "b1"}), RevisionOf("c1", {"a1"}),
                  RevisionOf("b1", {"a1"}), RevisionOf("a1")});
}

RevisionGraph ThreeHeads() {
  return GraphOf({RevisionOf("a1"), RevisionOf("b1", {"a1"}), RevisionOf("c1", {"a1"}), RevisionOf("d1", {"a1"}),
                  RevisionOf("d2", {"d1"})});
}

std::vector<Revision> Chain(int length) {
  std::vector<Revision> out;
  for (int i = length; i-- > 0;) {
    out.push_back(RevisionOf(fmt::format("{:06}", i)));
    if (i > 0) out.back().parents = {fmt::format("{:06}", i - 1)};
  }
  return out;
}

}  // namespace

TEST_CASE("no revisions are a history, in which nothing can be named") {
  const RevisionGraph graph = GraphOf({});
  const std::string none = "64\nthere are no revisions; write one with `schemadiff revision -m MESSAGE`";
  CHECK(graph.empty());
  CHECK(graph.Heads().empty());
  CHECK(graph.Bases().empty());
  CHECK(Name(graph, "a1") == none);
  CHECK(Up(graph, "head") == none);
  CHECK(Up(graph, "heads") == none);
  CHECK(Up(graph, "+1") == none);
  CHECK(Down(graph, "-1", {}) == none);
  CHECK(Down(graph, "base", {}) == "");
  CHECK(IdsOrErrors(RevisionRange(graph, ":")) == "");
}

TEST_CASE("parents come before their children, and otherwise ids decide") {
  const RevisionGraph graph = Diamond();
  CHECK(Order(graph) == "a1 b1 c1 d1 e1");
  CHECK(SpacedIds(graph.Heads()) == "e1");
  CHECK(SpacedIds(graph.Bases()) == "a1");
  CHECK(SpacedIds(graph.BranchPoints()) == "a1");
  CHECK(SpacedIds(graph.Children(*graph.Find("a1"))) == "b1 c1");
  CHECK(SpacedIds(graph.Parents(*graph.Find("d1"))) == "b1 c1");
  CHECK(SpacedIds(graph.Descendants(*graph.Find("b1"))) == "d1 e1");
  const std::vector<const Revision*> of{graph.Find("c1")};
  CHECK(SpacedIds(graph.Ancestry(of)) == "a1 c1");
  // An id that sorts first may still rest on one that sorts last.
  CHECK(Order(GraphOf({RevisionOf("a", {"z"}), RevisionOf("z"), RevisionOf("m")})) == "m z a");
}

TEST_CASE("what is wrong with a history is told all at once, with its files") {
  CHECK(Wrong({RevisionOf("b", {"a"}), RevisionOf("c", {"b", "x"})}) ==
        "65\nrevisions/b_x.sql:1:1: revision `b` rests on `a`, which no file has; restore the file of `a`, or correct "
        "`parents`\nrevisions/c_x.sql:1:1: revision `c` rests on `x`, which no file has; restore the file of `x`, or "
        "correct `parents`");
  Revision copy = RevisionOf("a");
  copy.file = std::make_shared<SourceFile>("revisions/a_copy.sql", "-- a\n");
  CHECK(Wrong({RevisionOf("a"), copy, RevisionOf("b", {"nowhere"})}) ==
        "65\nrevisions/a_copy.sql:1:1: revision `a` is in `revisions/a_x.sql`, too; give one of them an id of its own, "
        "or remove it\nrevisions/b_x.sql:1:1: revision `b` rests on `nowhere`, which no file has; restore the file of "
        "`nowhere`, or correct `parents`");
}

TEST_CASE("a circle is told with all that are in it, and only those") {
  CHECK(
      Wrong({RevisionOf("a", {"c"}), RevisionOf("b", {"a"}), RevisionOf("c", {"b"}), RevisionOf("d", {"c"}),
             RevisionOf("e")}) ==
      "65\nrevisions/a_x.sql:1:1: revisions `a`, `c` and `b` rest on each other in a circle; correct `parents` in one "
      "of them");
  CHECK(Wrong({RevisionOf("a", {"a"})}) ==
        "65\nrevisions/a_x.sql:1:1: revision `a` rests on itself; correct `parents` in one of them");
  CHECK(Wrong({RevisionOf("a", {"b"}), RevisionOf("b", {"a"}), RevisionOf("c", {"d"}), RevisionOf("d", {"c"})})
            .ends_with("revisions/c_x.sql:1:1: revisions `c` and `d` rest on each other in a circle; correct `parents` "
                       "in one of them"));
  std::vector<Revision> large = Chain(100'000);
  large.back().parents = {"099999"};
  const std::string told = Wrong(std::move(large));
  CHECK(told.find("`099989` and 99988 more rest on each other in a circle") != std::string::npos);
}

TEST_CASE("a revision is named by its id, its beginning or as a head") {
  const RevisionGraph graph = ThreeHeads();
  CHECK(Name(graph, "b1") == "b1");
  CHECK(Name(graph, "b") == "b1");
  CHECK(Name(graph, "d") == "64\n`d` is the beginning of `d1` and `d2`; give more of the id");
  CHECK(Name(graph, "d1") == "d1");
  CHECK(Name(graph, "x") == "64\nthere is no revision `x`; `schemadiff history` lists them");
  CHECK(Name(graph, "") == "64\nno revision is named; give an id, or the beginning of one");
  CHECK(Name(graph, "x@head") == "64\nthere is no revision `x`; `schemadiff history` lists them");
  CHECK(Name(graph, "d1@head") == "d2");
  CHECK(Name(graph, "d2@head") == "d2");
  CHECK(Name(Diamond(), "head") == "e1");
  CHECK(Name(graph, "\x1b[31m") == "64\nthere is no revision `?[31m`; `schemadiff history` lists them");
}

TEST_CASE("an upgrade runs what is not applied, up to what was named") {
  const RevisionGraph graph = Diamond();
  CHECK(Up(graph, "head") == "a1 b1 c1 d1 e1");
  CHECK(Up(graph, "head", {"a1", "c1"}) == "b1 d1 e1");
  CHECK(Up(graph, "c1") == "a1 c1");
  CHECK(Up(graph, "c1", {"a1", "b1", "c1"}) == "");
  CHECK(Up(graph, "+2", {"a1", "b1"}) == "c1 d1");
  CHECK(Up(graph, "+9", {"a1", "b1"}) ==
        "64\n`+9` asks for more than the 3 revisions that are left; use `head` for all of them");
  CHECK(Up(graph, "+0") == "64\n`+0` is no number of revisions; write it as in `+1`");
  CHECK(Up(graph, "+1x") == "64\n`+1x` is no number of revisions; write it as in `+1`");
  CHECK(Up(graph, "+99999999999999999999") ==
        "64\n`+99999999999999999999` is no number of revisions; write it as in `+1`");
  CHECK(Up(graph, "b1@head", {"elsewhere"}) == "a1 b1 c1 d1 e1");
}

TEST_CASE("with three heads, one has to be named or all") {
  const RevisionGraph graph = ThreeHeads();
  const std::string several =
      "64\nthere are 3 heads: `b1`, `c1` and `d2`; name one of them, take all with `heads`, or join them with "
      "`schemadiff merge`";
  CHECK(Up(graph, "head") == several);
  CHECK(Up(graph, "+1") == several);
  CHECK(Up(graph, "a1@head") ==
        "64\nthere are 3 heads above `a1`: `b1`, `c1` and `d2`; name one of them, take all with `heads`, or join them "
        "with `schemadiff merge`");
  CHECK(Up(graph, "heads", {"a1", "c1"}) == "b1 d1 d2");
  CHECK(Up(graph, "d1@head") == "a1 d1 d2");
}

TEST_CASE("a downgrade takes back what rests on what was named, the last first") {
  const RevisionGraph graph = Diamond();
  const Applied all{"a1", "b1", "c1", "d1", "e1"};
  CHECK(Down(graph, "base", all) == "e1 d1 c1 b1 a1");
  CHECK(Down(graph, "-2", all) == "e1 d1");
  CHECK(Down(graph, "c1", all) == "e1 d1");
  CHECK(Down(graph, "b1", {"a1", "b1", "c1"}) == "");
  CHECK(Down(graph, "a1", {"a1", "b1", "c1"}) == "c1 b1");
  CHECK(Down(graph, "e1", {"a1", "b1"}) ==
        "64\nrevision `e1` is not applied; name one that is: `schemadiff current` tells the last ones");
  CHECK(Down(graph, "-3", {"a1", "b1"}) ==
        "64\n`-3` asks for more than the 2 revisions that are applied; use `base` for all of them");
  CHECK(Down(graph, "-0", all) == "64\n`-0` is no number of revisions; write it as in `-1`");
  CHECK(Down(graph, "-x", all) == "64\n`-x` is no number of revisions; write it as in `-1`");
  CHECK(Down(graph, "-1", {"a1", "elsewhere"}) ==
        "1\nthe database has revision `elsewhere`, which no file has; what rests on what is not known without: use the "
        "folder of revisions that it was upgraded with");
  // Another branch stays.
  CHECK(Down(ThreeHeads(), "d1", {"a1", "b1", "d1", "d2"}) == "d2");
}

TEST_CASE("nothing is taken back that another applied one rests on") {
  const RevisionGraph graph = Diamond();
  const std::vector<std::string> targets{"base", "-1", "-2", "-3", "a1", "b1", "c1", "d1"};
  const std::vector<std::string> ids{"a1", "b1", "c1", "d1", "e1"};
  for (unsigned bits = 0; bits < 32; ++bits) {
    Applied applied;
    for (unsigned i = 0; i < 5; ++i) {
      if ((bits & (1U << i)) != 0) applied.insert(ids[i]);
    }
    for (const std::string& target : targets) {
      const Result<RevisionGraph::List> path = DowngradePath(graph, target, applied);
      if (!path) continue;
      Applied left = applied;
      for (const Revision* revision : *path) {
        for (const Revision* above : graph.Descendants(*revision)) CHECK_FALSE(left.contains(above->id));
        CHECK(left.erase(revision->id) == 1);
      }
    }
  }
}

TEST_CASE("a squashed revision stands for those that it replaces") {
  const RevisionGraph graph = GraphOf({SquashOf("c1", {"a1", "b1", "c1"}), RevisionOf("d1", {"c1"}),
                                       RevisionOf("e1", {"a1"}), RevisionOf("f1", {"a1", "b1", "d1"})});
  CHECK(Order(graph) == "c1 d1 e1 f1");
  CHECK(SpacedIds(graph.Parents(*graph.Find("f1"))) == "c1 d1");
  CHECK(Name(graph, "a1") == "c1");
  CHECK(Name(graph, "b") == "c1");
  CHECK(Up(graph, "d1", {"a1", "b1", "c1"}) == "d1");
  CHECK(Up(graph, "d1", {"c1"}) == "d1");
  CHECK(Up(graph, "d1") == "c1 d1");
  CHECK(UnknownIds(graph, {"a1", "b1", "z"}) == std::vector<std::string>{"z"});
  CHECK(
      Up(graph, "d1", {"a1"}) ==
      "1\nrevisions/c1_x.sql:1:1: only a part of the squashed revision `c1` is applied: `b1` and `c1` are not; upgrade "
      "this database with the files from before the squash first");
  const RevisionGraph renamed = GraphOf({SquashOf("s", {"a", "b"}), RevisionOf("t", {"b"})});
  CHECK(Up(renamed, "head", {"a", "b"}) == "t");
}

TEST_CASE("what a squashed revision replaces is in no other file") {
  CHECK(Wrong({SquashOf("c", {"a", "b", "c"}), RevisionOf("b")}) ==
        "65\nrevisions/b_x.sql:1:1: revision `b` is also a part of `c`, which `revisions/c_x.sql` squashes; remove its "
        "file, or take it out of `replaces` there");
  CHECK(
      Wrong({SquashOf("c", {"a", "c"}), SquashOf("d", {"a", "d"})}) ==
      "65\nrevisions/d_x.sql:1:1: revision `d` replaces `a`, and so does `c` in `revisions/c_x.sql`; keep one of them");
  Revision circle = SquashOf("c", {"a", "c"});
  circle.parents = {"a"};
  CHECK(Wrong({circle}).starts_with("65\nrevisions/c_x.sql:1:1: revision `c` rests on itself"));
}

TEST_CASE("a range is what lies between two revisions") {
  const RevisionGraph graph = Diamond();
  CHECK(IdsOrErrors(RevisionRange(graph, "b1:e1")) == "b1 d1 e1");
  CHECK(IdsOrErrors(RevisionRange(graph, "c1:")) == "c1 d1 e1");
  CHECK(IdsOrErrors(RevisionRange(graph, ":c1")) == "a1 c1");
  CHECK(IdsOrErrors(RevisionRange(graph, "base:head")) == "a1 b1 c1 d1 e1");
  CHECK(IdsOrErrors(RevisionRange(graph, "e1:a1")) == "");
  CHECK(IdsOrErrors(RevisionRange(graph, "b1")) == "64\n`b1` is no range of revisions; write `A:B`, `A:` or `:B`");
  CHECK(IdsOrErrors(RevisionRange(graph, "x:b1")) == "64\nthere is no revision `x`; `schemadiff history` lists them");
}

TEST_CASE("long histories take no longer than they are") {
  const auto begin = std::chrono::steady_clock::now();
  const RevisionGraph graph = GraphOf(Chain(2'000));
  CHECK(graph.Heads().size() == 1);
  CHECK(UpgradePath(graph, "head", {})->size() == 2'000);
  CHECK(UpgradePath(graph, "+3", {"000000"})->back()->id == "000003");
  CHECK(DowngradePath(graph, "-1", {"000000"})->size() == 1);
  const std::chrono::duration<double> passed = std::chrono::steady_clock::now() - begin;
  CHECK(passed.count() < 1);
  const RevisionGraph deep = GraphOf(Chain(100'000));
  CHECK(deep.Descendants(*deep.Find("000000")).size() == 99'999);
  CHECK(deep.revisions().front().id == "000000");
  // A fan is no walk over pairs either.
  std::vector<Revision> fan{RevisionOf("a")};
  for (int i = 0; i < 20'000; ++i) fan.push_back(RevisionOf(fmt::format("b{}", i), {"a"}));
  CHECK(GraphOf(std::move(fan)).Heads().size() == 20'000);
}

}  // namespace schemadiff::test::revision_graph
