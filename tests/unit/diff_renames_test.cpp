#include "diff/renames.h"

#include "parser_support.h"

namespace schemadiff::test::diff_renames {
namespace {

// What the renames of a transition rename, as `old -> new`.
std::vector<std::string> Renamed(const std::string& before, const std::string& after) {
  Schema live = StateOf(before).schema;
  const DesiredState desired = StateOf(after);
  const Result<std::vector<Change>> changes = ApplyRenames(live, desired.schema);
  REQUIRE(changes);
  std::vector<std::string> renamed;
  for (const Change& change : *changes) {
    if (!change.member_from.empty()) continue;
    renamed.push_back(change.renamed_from.ToString() + " -> " + change.id.name());
    CHECK(live.Contains(change.id));
    CHECK(!live.Contains(change.renamed_from));
  }
  return renamed;
}

using Names = std::vector<std::string>;

TEST_CASE("what is named after its table is renamed with it") {
  CHECK(Renamed("CREATE TABLE a (id int PRIMARY KEY, x int UNIQUE, CHECK (x > 0)); CREATE INDEX ON a (x);",
                "-- schemadiff:renamed-from a\n"
                "CREATE TABLE b (id int PRIMARY KEY, x int UNIQUE, CHECK (x > 0)); CREATE INDEX ON b (x);") ==
        Names{"public.a -> b", "public.b.a_pkey -> b_pkey", "public.b.a_x_key -> b_x_key",
              "public.b.a_x_check -> b_x_check", "public.b.a_x_idx -> b_x_idx"});
}

TEST_CASE("what is named after its column is renamed with it") {
  CHECK(Renamed("CREATE TABLE a (x int UNIQUE, xx int UNIQUE);",
                "CREATE TABLE a (\n-- schemadiff:renamed-from x\ny int UNIQUE, xx int UNIQUE);") ==
        Names{"public.a.x -> y", "public.a.a_x_key -> a_y_key"});
}

TEST_CASE("names that are kept, given or taken are left alone") {
  CHECK(Renamed("CREATE TABLE a (id int CONSTRAINT a_pkey PRIMARY KEY, x int CONSTRAINT other UNIQUE);",
                "-- schemadiff:renamed-from a\n"
                "CREATE TABLE b (id int CONSTRAINT a_pkey PRIMARY KEY, x int CONSTRAINT b_other UNIQUE);") ==
        Names{"public.a -> b"});
}

}  // namespace
}  // namespace schemadiff::test::diff_renames
