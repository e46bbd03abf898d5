#include <doctest/doctest.h>

#include <array>

#include "support/suggest.h"

namespace schemadiff::test::support_suggest {
namespace {

constexpr auto kWords = std::to_array<std::string_view>({"schema", "revisions", "manage", "env", "lock_timeout"});

TEST_CASE("the distance counts insertions, deletions, replacements and swaps") {
  CHECK(EditDistance("", "") == 0);
  CHECK(EditDistance("", "abc") == 3);
  CHECK(EditDistance("abc", "") == 3);
  CHECK(EditDistance("abc", "abc") == 0);
  CHECK(EditDistance("abc", "abd") == 1);
  CHECK(EditDistance("abc", "acb") == 1);
  CHECK(EditDistance("kitten", "sitting") == 3);
}

TEST_CASE("only what is near is suggested") {
  CHECK(Nearest("shcema", kWords) == "schema");
  CHECK(Nearest("revision", kWords) == "revisions");
  CHECK(Nearest("envs", kWords) == "env");
  CHECK(Nearest("lock-timeout", kWords) == "lock_timeout");
  CHECK(Nearest("x", kWords).empty());
  CHECK(Nearest("database", kWords).empty());
  CHECK(DidYouMean("manag", kWords) == "did you mean `manage`?");
  CHECK(DidYouMean("database", kWords).empty());
}

}  // namespace
}  // namespace schemadiff::test::support_suggest
